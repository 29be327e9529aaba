import type { changeHeuristics, reasonRules, silences, verdictKinds } from './analysis.ts';
import type { entityBoundKinds, joinRules } from './entity.ts';
import type { Terms } from './text.ts';

const changeHeuristic = {
  'address-type': { en: 'Same address type', ko: '동일 주소 유형' },
  'first-use': { en: 'Address never used before', ko: '최초 사용 주소' },
  reuse: { en: 'Address of an input', ko: '입력 주소 재사용' },
  'optimal-change': { en: 'Smaller than every input', ko: '최적 거스름돈' },
  'round-amounts': { en: 'Round payment', ko: '어림 금액 지급' },
  locktime: { en: 'Same use of the lock time', ko: '잠금 시간 사용 방식' },
  peeling: { en: 'Remainder of a peel', ko: '필링 잔액' },
} as const satisfies Terms<typeof changeHeuristics>;

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
      en: 'A service that pays equal amounts out of as many of its addresses looks the same. CoinJoins without equal amounts, and those of two of whom one takes no change, are not seen.',
      ko: '여러 자체 주소에서 동일 금액을 지급하는 서비스도 같은 형태로 보일 수 있습니다. 동일 금액이 없거나 참여자 2인 중 1인의 거스름돈이 없는 코인조인은 탐지하지 못합니다.',
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
      en: 'Inputs that spend outputs which the ledger does not hold: {count}. Each counts as a participant of its own.',
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
      en: 'It has exactly two outputs; inputs: {count}.',
      ko: '입력이 {count}개이고 출력이 정확히 2개입니다.',
    },
    'peel-small': {
      en: 'One output, {units}, is much smaller than the rest, {restUnits}.',
      ko: '한 출력({units})이 나머지({restUnits})보다 훨씬 작습니다.',
    },
    'peel-chain': {
      en: '{count} such steps follow each other, each spending what the step before left.',
      ko: '앞 단계에서 남은 금액을 사용하는 같은 형태의 단계가 {count}회 이어집니다.',
    },
    'change-type': {
      en: 'It is the only one of {outputs} outputs whose address is of the same type as those of all {inputs} inputs.',
      ko: '출력 {outputs}개 중 이 출력만 입력 {inputs}개의 주소와 유형이 같습니다.',
    },
    'change-first-use': {
      en: 'Its address had never been paid before; those of the {others} other outputs had.',
      ko: '이 출력의 주소는 이전에 사용된 적이 없으며, 나머지 출력 {others}개의 주소는 사용된 적이 있습니다.',
    },
    'change-reuse': {
      en: 'Its address is also an input’s; inputs of that address: {inputs}.',
      ko: '이 출력의 주소가 입력 {inputs}개의 주소와 같습니다.',
    },
    'change-optimal': {
      en: 'It is the only output, {units}, that is smaller than the smallest input, {smallestUnits}: were it the payment, that input would not have been needed.',
      ko: '가장 작은 입력({smallestUnits})보다 작은 출력은 이 출력({units})뿐입니다. 이것이 지급액이라면 해당 입력은 필요하지 않았을 것입니다.',
    },
    'change-round': {
      en: 'It is the only output that is no multiple of {units}; the {others} others are.',
      ko: '이 출력만 {units}의 배수가 아니며, 나머지 {others}개는 배수입니다.',
    },
    'change-locktime': {
      en: 'It is the only output that was spent by a transaction that uses the lock time as this one does.',
      ko: '이 거래와 같은 방식으로 잠금 시간을 사용한 거래가 지출한 출력은 이 출력뿐입니다.',
    },
    'change-peel': {
      en: 'It is what remains, {restUnits}, after a much smaller output, {units}, was peeled off.',
      ko: '훨씬 작은 출력({units})을 떼어 낸 뒤 남은 금액({restUnits})입니다.',
    },
  } satisfies Terms<typeof reasonRules>,
  changeHeuristic,
  changeFailure: {
    'address-type': {
      en: 'Wrong where the payer’s wallet makes change of another type, or pays a person of its own type and returns change to another.',
      ko: '지급자의 지갑이 거스름돈을 다른 유형의 주소로 받거나, 수취인이 지급자와 같은 유형의 주소를 사용하면 틀립니다.',
    },
    'first-use': {
      en: 'Wrong where the payee’s address is new and the payer returns change to a used one; a ledger that starts late takes used addresses for new.',
      ko: '수취인의 주소가 새것이고 지급자가 사용한 주소로 거스름돈을 받으면 틀립니다. 원장이 중간부터 시작하면 사용된 주소를 새 주소로 볼 수 있습니다.',
    },
    reuse: {
      en: 'Sure of the owner unless strangers made the transaction together; a CoinJoin that is not recognised deceives it.',
      ko: '여러 사람이 함께 만든 거래가 아니면 소유자가 확실합니다. 탐지하지 못한 코인조인에서는 틀립니다.',
    },
    'optimal-change': {
      en: 'Wrong where a wallet spends more coins than it needs, e.g. to consolidate them, and where the fee asked for another input.',
      ko: '지갑이 통합 등을 위해 필요한 것보다 많은 입력을 사용하거나 수수료 때문에 입력을 추가한 경우 틀립니다.',
    },
    'round-amounts': {
      en: 'Silent for payments priced in other currencies; wrong where the payment is not round and the change happens to be.',
      ko: '다른 통화로 금액이 정해진 지급에는 적용되지 않으며, 지급액이 아니라 거스름돈이 우연히 어림 금액이면 틀립니다.',
    },
    locktime: {
      en: 'Wrong where payer and payee use the same wallet software; needs lock times, which the ledger does not hold.',
      ko: '지급자와 수취인이 같은 지갑 프로그램을 사용하면 틀립니다. 원장에 없는 잠금 시간 정보가 필요합니다.',
    },
    peeling: {
      en: 'Wrong for a payment of nearly all that a coin holds: then the small output is the change.',
      ko: '입력의 거의 전부를 지급한 거래에서는 작은 출력이 거스름돈이므로 틀립니다.',
    },
  } satisfies Terms<typeof changeHeuristics>,
  silence: {
    'no-candidate': { en: 'names no single output', ko: '해당 출력 없음' },
    'facts-missing': { en: 'what it needs is not known', ko: '필요한 정보 없음' },
  } satisfies Terms<typeof silences>,
  joinRule: {
    'multi-input': { en: 'Inputs of one transaction', ko: '동일 거래의 입력' },
    ...changeHeuristic,
  } satisfies Terms<typeof joinRules>,
  joinFailure: {
    'multi-input': {
      en: 'Wrong where several owners made the transaction together and no rule recognised it (PayJoin, an unknown kind of CoinJoin), and where a service spends its customers’ coins together.',
      ko: '여러 소유자가 함께 만든 거래를 탐지하지 못한 경우(페이조인, 알려지지 않은 코인조인)와 서비스가 고객의 자산을 함께 지출한 경우 틀립니다.',
    },
  },
  entityBound: {
    addressesMax: {
      en: 'The entity has more than {number} addresses; only the first found are shown.',
      ko: '클러스터의 주소가 {number}개를 초과하여 먼저 찾은 주소만 표시합니다.',
    },
    transactionsMax: {
      en: 'More than {number} transactions would have to be looked at; the entity may be larger.',
      ko: '확인할 거래가 {number}건을 초과하므로 클러스터가 더 클 수 있습니다.',
    },
    outputsPerAddressMax: {
      en: 'An address was paid more than {number} times; only its first payments are followed and summed.',
      ko: '입금이 {number}건을 초과하는 주소가 있어 앞선 입금만 추적하고 합산하였습니다.',
    },
    roundsMax: {
      en: 'Addresses more than {number} steps away are not looked for; the entity may be larger.',
      ko: '{number}단계를 넘는 주소는 찾지 않았으므로 클러스터가 더 클 수 있습니다.',
    },
  } satisfies Terms<typeof entityBoundKinds>,
} as const;
