import type { reasonRules, verdictKinds } from './analysis.ts';
import type { Terms } from './text.ts';

/** The words of verdicts on transactions, by the code that the data carries. Part of `terms`. */
export const analysisTerms = {
  verdict: {
    'equal-output': { en: 'CoinJoin (equal outputs)', ko: '코인조인(동일 금액 출력)' },
    'wasabi-1': { en: 'CoinJoin (Wasabi 1)', ko: '코인조인(와사비 1)' },
    'wasabi-2': { en: 'CoinJoin (Wasabi 2)', ko: '코인조인(와사비 2)' },
    whirlpool: { en: 'CoinJoin (Whirlpool)', ko: '코인조인(월풀)' },
    peeling: { en: 'Step of a peeling chain', ko: '필링 체인 단계' },
  } satisfies Terms<typeof verdictKinds>,
  verdictFailure: {
    'equal-output': {
      en: 'A service that pays equal amounts out of as many of its addresses looks the same. CoinJoins of two parties, and those without equal amounts, are not seen.',
      ko: '여러 자체 주소에서 동일 금액을 지급하는 서비스도 같은 형태로 보일 수 있습니다. 참여자가 2인이거나 동일 금액이 없는 코인조인은 탐지하지 못합니다.',
    },
    'wasabi-1': {
      en: 'A service that pays ten people about 0.1 BTC each out of ten of its addresses looks the same. Rounds of fewer than ten participants are not seen.',
      ko: '자체 주소 10개에서 10명에게 약 0.1 BTC씩 지급하는 서비스도 같은 형태로 보일 수 있습니다. 참여자가 10인 미만인 라운드는 탐지하지 못합니다.',
    },
    'wasabi-2': {
      en: 'A service that pays many people standard amounts in descending order looks the same. Rounds of fewer than twenty inputs are not seen.',
      ko: '다수에게 표준 금액을 내림차순으로 지급하는 서비스도 같은 형태로 보일 수 있습니다. 입력이 20개 미만인 라운드는 탐지하지 못합니다.',
    },
    whirlpool: {
      en: 'One owner who imitates the shape looks the same. Pools of other denominations are seen as equal outputs only.',
      ko: '단일 소유자가 형태를 모방한 경우에도 같은 결과가 나옵니다. 다른 단위 금액의 풀은 동일 금액 출력으로만 표시됩니다.',
    },
    peeling: {
      en: 'An ordinary payment with change looks like one step; only a row of steps tells a chain. Services pay out in the same way.',
      ko: '거스름돈이 있는 일반 지급도 한 단계로 보이며, 여러 단계가 이어져야 체인으로 볼 수 있습니다. 서비스의 출금도 같은 형태를 띱니다.',
    },
  } satisfies Terms<typeof verdictKinds>,
  reason: {
    'equal-outputs': {
      en: '{count} outputs hold exactly the same amount, {units}.',
      ko: '출력 {count}개의 금액이 {units}(으)로 정확히 같습니다.',
    },
    'input-addresses': {
      en: 'Its inputs come from {count} different addresses; {equal} outputs are equal.',
      ko: '입력이 서로 다른 주소 {count}개에서 나왔으며, 동일 금액 출력은 {equal}개입니다.',
    },
    'change-outputs': {
      en: '{count} other outputs fit the change of {participants} participants.',
      ko: '나머지 출력 {count}개가 참여자 {participants}인의 거스름돈 수와 맞습니다.',
    },
    'no-change-outputs': {
      en: 'Every output is equal; nobody takes change.',
      ko: '모든 출력의 금액이 같고 거스름돈 출력이 없습니다.',
    },
    'inputs-divide': {
      en: 'The inputs can be divided so that each of {participants} participants brought what they took out.',
      ko: '참여자 {participants}인이 각자 가져간 금액만큼 낸 것으로 입력을 나눌 수 있습니다.',
    },
    'inputs-division-undecided': {
      en: 'Whether the inputs can be divided among {participants} participants could not be decided.',
      ko: '입력을 참여자 {participants}인에게 나눌 수 있는지 판단하지 못하였습니다.',
    },
    'inputs-unknown': {
      en: '{count} inputs spend outputs that the ledger does not hold; each counts as a participant of its own.',
      ko: '입력 {count}개는 원장에 없는 출력을 사용하였으며, 각각 별개의 참여자로 간주합니다.',
    },
    'base-denomination': {
      en: '{count} outputs hold exactly {units}, near the base denomination of 0.1 BTC.',
      ko: '출력 {count}개의 금액이 {units}(으)로 정확히 같으며, 기본 단위 0.1 BTC에 가깝습니다.',
    },
    'denomination-levels': {
      en: 'Equal outputs at {count} doublings of the base denomination.',
      ko: '기본 단위를 거듭 2배 한 금액 {count}종에 동일 금액 출력이 있습니다.',
    },
    'coordinator-fee': {
      en: 'One output of {units} fits the coordinator’s fee.',
      ko: '{units} 출력 1개가 조정자 수수료와 맞습니다.',
    },
    'amounts-descend': {
      en: 'All {inputs} inputs and {outputs} outputs stand in descending order of amount.',
      ko: '입력 {inputs}개와 출력 {outputs}개가 모두 금액 내림차순입니다.',
    },
    'standard-denominations': {
      en: '{count} of {outputs} outputs hold exactly a standard denomination.',
      ko: '출력 {outputs}개 중 {count}개가 표준 단위 금액과 정확히 같습니다.',
    },
    'pool-denomination': {
      en: 'All {count} outputs hold exactly the pool’s denomination, {units}.',
      ko: '출력 {count}개가 모두 풀의 단위 금액 {units}와(과) 정확히 같습니다.',
    },
    'pool-inputs': {
      en: '{exact} inputs hold exactly the denomination (they mix again) and {above} a little more (newcomers).',
      ko: '입력 {exact}개는 단위 금액과 정확히 같고(재참여), {above}개는 이를 조금 넘습니다(신규 참여).',
    },
    'peel-inputs': {
      en: 'It spends {count} outputs of one address and makes two.',
      ko: '한 주소의 출력 {count}개를 사용하여 출력 2개를 만들었습니다.',
    },
    'peel-small': {
      en: 'One output, {units}, is much smaller than the rest, {restUnits}.',
      ko: '한 출력({units})이 나머지({restUnits})보다 훨씬 작습니다.',
    },
    'peel-chain': {
      en: '{count} such steps follow each other, each spending what the step before left.',
      ko: '앞 단계에서 남은 금액을 사용하는 같은 형태의 단계가 {count}회 이어집니다.',
    },
  } satisfies Terms<typeof reasonRules>,
} as const;
