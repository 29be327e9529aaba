import { z } from 'zod';
import { fill, type Language, type Text, zText } from './text.ts';

interface Entry {
  readonly status: number;
  /** What is wrong and where. */
  readonly text: Text;
  /** What the reader can do. */
  readonly hint: Text;
}

/**
 * Every error a person or a program can meet: its code, HTTP status, what is wrong and what to do, in both languages.
 * `docs/errors.md` lists it; `problems.test.ts` holds the two together.
 */
export const problems = {
  'input-invalid': {
    status: 400,
    text: { en: 'The input is not valid: {detail}', ko: '입력값이 올바르지 않습니다: {detail}' },
    hint: { en: 'Correct the field named and send it again.', ko: '표시된 항목을 수정한 후 다시 보내 주십시오.' },
  },
  'not-signed-in': {
    status: 401,
    text: { en: 'You are not signed in, or your session has ended.', ko: '로그인하지 않았거나 세션이 만료되었습니다.' },
    hint: {
      en: 'Ask the operator for a sign-in link: gongjo sign-in-link --data FOLDER.',
      ko: '운영자에게 로그인 링크를 요청하십시오: gongjo sign-in-link --data 폴더',
    },
  },
  'sign-in-link-invalid': {
    status: 401,
    text: {
      en: 'This sign-in link has been used or has expired.',
      ko: '이 로그인 링크는 이미 사용되었거나 만료되었습니다.',
    },
    hint: {
      en: 'Ask the operator for a new one: gongjo sign-in-link --data FOLDER.',
      ko: '운영자에게 새 링크를 요청하십시오: gongjo sign-in-link --data 폴더',
    },
  },
  'person-unknown': {
    status: 404,
    text: { en: 'Nobody here is called "{name}".', ko: '등록되지 않은 사용자입니다: {name}' },
    hint: { en: 'gongjo person list shows who works here.', ko: 'gongjo person list로 사용자 목록을 확인하십시오.' },
  },
  'person-name-taken': {
    status: 409,
    text: { en: 'The name "{name}" is taken.', ko: '이미 사용 중인 이름입니다: {name}' },
    hint: {
      en: 'A name stands in the record for one person for good: add a unit or a number to it.',
      ko: '이름은 감사 기록에 한 사람을 영구히 나타냅니다. 부서나 번호를 붙여 구분하십시오.',
    },
  },
  'person-subject-taken': {
    status: 409,
    text: {
      en: 'The account of {name} has that subject already.',
      ko: '해당 통합 로그인 식별자는 {name} 계정에 이미 등록되어 있습니다.',
    },
    hint: { en: 'Each subject signs in to one account.', ko: '식별자 하나로 한 계정에만 로그인할 수 있습니다.' },
  },
  'person-own-rights': {
    status: 403,
    text: {
      en: 'Nobody changes the rights of the own account.',
      ko: '본인 계정의 권한은 직접 변경할 수 없습니다.',
    },
    hint: { en: 'Ask another administrator, or the operator.', ko: '다른 관리자나 운영자에게 요청하십시오.' },
  },
  'person-disabled': {
    status: 409,
    text: { en: 'The account of {name} is disabled.', ko: '사용이 중지된 계정입니다: {name}' },
    hint: {
      en: 'Enable it first: gongjo person enable NAME.',
      ko: '먼저 사용을 재개하십시오: gongjo person enable 이름',
    },
  },
  'administrator-last': {
    status: 409,
    text: { en: '{name} is the last active administrator.', ko: '{name}은(는) 마지막 활성 관리자입니다.' },
    hint: { en: 'Make another one first.', ko: '다른 관리자를 먼저 지정하십시오.' },
  },
  'clearance-exceeded': {
    status: 403,
    text: {
      en: 'You are not cleared for what is marked {tlp}, and would not see what you make.',
      ko: '{tlp} 등급의 열람 권한이 없어, 작성하더라도 열람할 수 없습니다.',
    },
    hint: {
      en: 'Choose a marking that you are cleared for, or ask somebody who is cleared. Nothing was made.',
      ko: '열람할 수 있는 등급을 선택하거나 해당 등급의 열람 권한이 있는 담당자에게 요청하십시오. 작성된 내용은 없습니다.',
    },
  },
  'right-missing': {
    status: 403,
    text: {
      en: 'Your role does not allow this: {right}.',
      ko: '현재 역할로는 수행할 수 없습니다: {right}.',
    },
    hint: { en: 'Roles that may: {roles}.', ko: '수행할 수 있는 역할: {roles}' },
  },
  'token-invalid': {
    status: 401,
    text: { en: 'The token is revoked, expired or unknown.', ko: '토큰이 폐기 또는 만료되었거나 등록되지 않았습니다.' },
    hint: { en: 'Make a new one on the page of your account.', ko: '내 계정 화면에서 새 토큰을 발급하십시오.' },
  },
  'token-right-missing': {
    status: 403,
    text: { en: 'The token does not include this: {right}.', ko: '토큰에 포함되지 않은 권한입니다: {right}' },
    hint: {
      en: 'Make a token with that right. What concerns the account itself is done on its page.',
      ko: '해당 권한을 포함한 토큰을 발급하십시오. 계정 자체에 관한 작업은 내 계정 화면에서만 할 수 있습니다.',
    },
  },
  'token-too-wide': {
    status: 403,
    text: {
      en: 'A token may do nothing that its owner, {name}, may not: {rights}.',
      ko: '토큰에는 소유자({name})에게 없는 권한을 부여할 수 없습니다: {rights}',
    },
    hint: { en: 'Leave these rights out.', ko: '해당 권한을 제외하십시오.' },
  },
  'tokens-too-many': {
    status: 409,
    text: { en: 'There are {limit} tokens of this account.', ko: '이 계정의 토큰이 이미 {limit}개입니다.' },
    hint: { en: 'Revoke those that nothing uses.', ko: '사용하지 않는 토큰을 폐기하십시오.' },
  },
  'passkey-invalid': {
    status: 401,
    text: { en: 'The passkey was not accepted.', ko: '패스키를 확인할 수 없습니다.' },
    hint: {
      en: 'Try again. If the passkey was removed, ask an administrator for a link to register a new one.',
      ko: '다시 시도하십시오. 패스키가 삭제된 경우 관리자에게 새 패스키 등록 링크를 요청하십시오.',
    },
  },
  'passkey-copied': {
    status: 401,
    text: {
      en: 'The counter of this passkey went backwards: there may be a copy of it. It opens nothing any more.',
      ko: '패스키의 사용 횟수가 맞지 않아 복제가 의심됩니다. 이 패스키로는 더 이상 로그인할 수 없습니다.',
    },
    hint: {
      en: 'Tell an administrator, and ask for a link to register a new one.',
      ko: '관리자에게 알리고 새 패스키 등록 링크를 요청하십시오.',
    },
  },
  'passkey-last': {
    status: 409,
    text: { en: 'This is the last passkey of the account.', ko: '계정의 마지막 패스키입니다.' },
    hint: { en: 'Register another one first.', ko: '다른 패스키를 먼저 등록하십시오.' },
  },
  'passkeys-too-many': {
    status: 409,
    text: { en: 'The account has {limit} passkeys.', ko: '이 계정의 패스키가 이미 {limit}개입니다.' },
    hint: { en: 'Remove those that you no longer have.', ko: '더 이상 사용하지 않는 패스키를 삭제하십시오.' },
  },
  'passkeys-unavailable': {
    status: 409,
    text: {
      en: 'Browsers keep no passkeys for the address of this desk, {url}.',
      ko: '이 데스크의 주소({url})에서는 브라우저가 패스키를 사용할 수 없습니다.',
    },
    hint: {
      en: 'Give the desk a url with https and a host name (docs/people.md), or use http://localhost on the machine itself.',
      ko: '데스크의 url을 https와 호스트 이름으로 설정하거나(docs/people.md) 해당 기기에서 http://localhost를 사용하십시오.',
    },
  },
  'oidc-failed': {
    status: 502,
    text: {
      en: 'The sign-in at {issuer} did not succeed: {detail}',
      ko: '{issuer}의 통합 로그인에 실패하였습니다: {detail}',
    },
    hint: {
      en: 'Try again, or sign in with a passkey. The operator finds its settings in docs/people.md.',
      ko: '다시 시도하거나 패스키로 로그인하십시오. 운영자는 docs/people.md에서 설정을 확인하십시오.',
    },
  },
  'oidc-no-account': {
    status: 403,
    text: {
      en: 'Nobody at this desk has the account of {subject}.',
      ko: '{subject}에 해당하는 사용자가 이 데스크에 없습니다.',
    },
    hint: {
      en: 'Ask an administrator of this desk for an account with that subject.',
      ko: '이 데스크의 관리자에게 해당 식별자로 계정 등록을 요청하십시오.',
    },
  },
  'request-forged': {
    status: 403,
    text: {
      en: 'The request came from another site and was refused.',
      ko: '다른 사이트에서 보낸 요청이므로 거부하였습니다.',
    },
    hint: { en: 'Open the desk itself and repeat the action there.', ko: '데스크 화면을 직접 열어 다시 시도하십시오.' },
  },
  'not-found': {
    status: 404,
    text: { en: 'There is nothing here that you may see.', ko: '열람할 수 있는 항목이 없습니다.' },
    hint: { en: 'Check the identifier.', ko: '식별자를 확인하십시오.' },
  },
  'method-not-allowed': {
    status: 405,
    text: { en: '{what} is not possible here.', ko: '여기에서는 수행할 수 없는 요청입니다: {what}' },
    hint: { en: 'The API description lists what is.', ko: 'API 설명에서 가능한 요청을 확인하십시오.' },
  },
  'body-too-large': {
    status: 413,
    text: { en: 'The body is larger than {limit} bytes.', ko: '본문이 {limit}바이트를 초과합니다.' },
    hint: { en: 'Send it in smaller parts.', ko: '나누어 보내 주십시오.' },
  },
  'usage-wrong': {
    status: 400,
    text: { en: 'The command is not understood: {detail}', ko: '명령을 이해할 수 없습니다: {detail}' },
    hint: { en: 'Run it with --help to see how it is used.', ko: '--help로 사용법을 확인하십시오.' },
  },
  'settings-invalid': {
    status: 400,
    text: { en: 'The settings are not valid, at {path}: {detail}', ko: '설정이 올바르지 않습니다({path}): {detail}' },
    hint: {
      en: 'Correct it in {source}; docs/settings.md describes every setting.',
      ko: '{source}에서 수정하십시오. 모든 설정은 docs/settings.md에 설명되어 있습니다.',
    },
  },
  'settings-unreadable': {
    status: 400,
    text: {
      en: 'The settings file {file} cannot be read: {detail}',
      ko: '설정 파일 {file}을(를) 읽을 수 없습니다: {detail}',
    },
    hint: { en: 'Check the path, the permissions and the YAML.', ko: '경로, 권한, YAML 문법을 확인하십시오.' },
  },
  'port-in-use': {
    status: 500,
    text: {
      en: 'Port {port} on {host} is already in use by another program.',
      ko: '{host}의 {port}번 포트를 다른 프로그램이 사용하고 있습니다.',
    },
    hint: {
      en: 'Stop that program, or choose another port with --port.',
      ko: '해당 프로그램을 종료하거나 --port로 다른 포트를 지정하십시오.',
    },
  },
  'data-folder-locked': {
    status: 500,
    text: {
      en: 'The data folder {folder} belongs to the running process {pid}.',
      ko: '데이터 폴더 {folder}은(는) 실행 중인 프로세스 {pid}이(가) 사용하고 있습니다.',
    },
    hint: {
      en: 'Stop that process first, or use another folder with --data. Nothing was changed.',
      ko: '먼저 해당 프로세스를 종료하거나 --data로 다른 폴더를 지정하십시오. 변경된 내용은 없습니다.',
    },
  },
  'data-folder-corrupt': {
    status: 500,
    text: {
      en: 'The data folder {folder} cannot be opened; {part} is damaged: {detail}',
      ko: '데이터 폴더 {folder}을(를) 열 수 없습니다. 손상된 부분: {part} ({detail})',
    },
    hint: {
      en: 'Nothing was changed or deleted. Restore {part} from a backup, or move the folder away and start with a new one; the ledger can be read again from the node.',
      ko: '변경되거나 삭제된 내용은 없습니다. {part}을(를) 백업에서 복원하거나, 폴더를 옮기고 새 폴더로 시작하십시오. 원장은 노드에서 다시 읽을 수 있습니다.',
    },
  },
  'data-folder-newer': {
    status: 500,
    text: {
      en: 'The data folder {folder} was written by a newer version of Gongjo.',
      ko: '데이터 폴더 {folder}은(는) 더 최신 버전의 공조에서 작성되었습니다.',
    },
    hint: {
      en: 'Use that version or a later one. Nothing was changed.',
      ko: '해당 버전 이상을 사용하십시오. 변경된 내용은 없습니다.',
    },
  },
  'records-reader-missing': {
    status: 500,
    text: {
      en: 'The database user {user} may not take on the role that reads for persons.',
      ko: '데이터베이스 사용자 {user}에게 열람용 역할을 사용할 권한이 없습니다.',
    },
    hint: {
      en: 'An administrator of the PostgreSQL server runs this once: {sql}',
      ko: 'PostgreSQL 서버 관리자가 다음을 한 번 실행해야 합니다: {sql}',
    },
  },
  'desk-unknown': {
    status: 500,
    text: { en: 'The data folder {folder} holds no desk yet.', ko: '데이터 폴더 {folder}에 아직 데스크가 없습니다.' },
    hint: {
      en: 'Start one with: gongjo up --data {folder} --desk ID --name-en … --name-ko … --country XX.',
      ko: '다음 명령으로 데스크를 시작하십시오: gongjo up --data {folder} --desk 식별자 --name-en … --name-ko … --country XX',
    },
  },
  'desk-changed': {
    status: 500,
    text: {
      en: 'The data folder {folder} belongs to desk "{found}", not to "{wanted}".',
      ko: '데이터 폴더 {folder}은(는) "{wanted}"이(가) 아니라 데스크 "{found}"의 것입니다.',
    },
    hint: {
      en: 'Use that desk’s own folder, or a new one, with --data. Nothing was changed.',
      ko: '--data로 해당 데스크의 폴더 또는 새 폴더를 지정하십시오. 변경된 내용은 없습니다.',
    },
  },
  'web-not-built': {
    status: 500,
    text: { en: 'The pages have not been built.', ko: '웹 화면이 아직 빌드되지 않았습니다.' },
    hint: { en: 'Run npm run build once in the repository.', ko: '저장소에서 npm run build를 한 번 실행하십시오.' },
  },
  'node-unreachable': {
    status: 502,
    text: {
      en: 'The chain node at {url} cannot be reached: {detail}',
      ko: '체인 노드 {url}에 연결할 수 없습니다: {detail}',
    },
    hint: {
      en: 'Check the URL, and that the node runs and accepts JSON-RPC from this machine. The desk keeps trying; nothing is lost.',
      ko: 'URL을 확인하고, 노드가 실행 중이며 이 컴퓨터의 JSON-RPC 요청을 허용하는지 확인하십시오. 데스크는 계속 재시도하며 유실되는 데이터는 없습니다.',
    },
  },
  'node-answer-invalid': {
    status: 502,
    text: {
      en: 'The chain node at {url} answered {method} with something else than asked: {detail}',
      ko: '체인 노드 {url}이(가) {method}에 예상과 다른 응답을 보냈습니다: {detail}',
    },
    hint: {
      en: 'Check that the URL is the JSON-RPC endpoint of a node of this kind of chain and that the node is in sync. Nothing of that answer was kept.',
      ko: 'URL이 해당 종류 체인의 노드가 제공하는 JSON-RPC 주소인지, 노드가 동기화되었는지 확인하십시오. 해당 응답은 저장하지 않았습니다.',
    },
  },
  'chain-mismatch': {
    status: 502,
    text: {
      en: 'The source {url} serves chain {found}, but {wanted} was expected.',
      ko: '{url}에서 제공하는 체인은 {found}이며, 예상한 체인은 {wanted}입니다.',
    },
    hint: {
      en: 'Name a node or a folder of that chain. Nothing was written.',
      ko: '해당 체인의 노드나 폴더를 지정하십시오. 기록된 내용은 없습니다.',
    },
  },
  'node-stalled': {
    status: 502,
    text: {
      en: 'The chain node at {url} answers, but has had no block after {height} since {since}.',
      ko: '체인 노드 {url}이(가) 응답하고 있으나 {since} 이후 {height}번 블록 다음의 블록이 없습니다.',
    },
    hint: {
      en: 'Check that the node is in sync and has peers; compare its tip with another node. The desk keeps asking and catches up by itself; until then it cannot warn of what moves.',
      ko: '노드의 동기화 상태와 피어 연결을 확인하고 다른 노드의 최신 블록과 비교하십시오. 데스크는 계속 확인하며 복구되면 자동으로 따라잡습니다. 그때까지는 자산 이동을 경보할 수 없습니다.',
    },
  },
  'node-tip-fell': {
    status: 502,
    text: {
      en: 'The chain node at {url} now ends at block {height}; it had block {before} before.',
      ko: '체인 노드 {url}의 최신 블록이 {before}번에서 {height}번으로 낮아졌습니다.',
    },
    hint: {
      en: 'Several nodes may answer at this URL, or the node was restarted or set back. Blocks are taken away only if it stays so; alerts that stood on them are then withdrawn.',
      ko: '같은 URL에서 여러 노드가 응답하거나 노드가 재시작 또는 복원되었을 수 있습니다. 이 상태가 계속될 때에만 해당 블록을 제거하며, 그 블록에 근거한 경보는 철회됩니다.',
    },
  },
  'node-time-ahead': {
    status: 502,
    text: {
      en: 'Block {height} of the chain node at {url} is dated {time}, which is more than two hours ahead of this desk’s clock.',
      ko: '체인 노드 {url}의 {height}번 블록 시각이 {time}로, 데스크 시계보다 2시간 이상 앞서 있습니다.',
    },
    hint: {
      en: 'Check the clock of this machine and that the node is honest. Blocks are kept as the node gives them; times of alerts follow them.',
      ko: '이 컴퓨터의 시계와 노드의 신뢰성을 확인하십시오. 블록은 노드가 제공한 대로 저장되며 경보 시각도 이를 따릅니다.',
    },
  },
  'block-files-unreadable': {
    status: 400,
    text: {
      en: 'The block files in {folder} cannot be read: {detail}',
      ko: '{folder}의 블록 파일을 읽을 수 없습니다: {detail}',
    },
    hint: {
      en: 'Name the folder "blocks" of Bitcoin Core, with blk00000.dat and, where there is one, xor.dat in it. Nothing was written.',
      ko: 'blk00000.dat와 (있는 경우) xor.dat가 들어 있는 Bitcoin Core의 blocks 폴더를 지정하십시오. 기록된 내용은 없습니다.',
    },
  },
  'block-files-start-unknown': {
    status: 400,
    text: {
      en: 'The block files in {folder} begin with block {block}, whose height cannot be told; its parent {parent} is not among them.',
      ko: '{folder}의 블록 파일은 블록 {block}에서 시작하지만 높이를 알 수 없습니다. 상위 블록 {parent}이(가) 파일에 없습니다.',
    },
    hint: {
      en: 'Add the older block files, or read the chain from the node with --rpc. Nothing was written.',
      ko: '이전 블록 파일을 추가하거나 --rpc로 노드에서 체인을 읽어 주십시오. 기록된 내용은 없습니다.',
    },
  },
  'entities-not-here': {
    status: 400,
    text: {
      en: 'No heuristic joins the addresses of {chain}: entities are of chains of outputs such as Bitcoin.',
      ko: '{chain}의 주소를 묶는 추정 방법은 없습니다. 클러스터는 비트코인과 같은 출력(UTXO) 체인에서만 구성됩니다.',
    },
    hint: {
      en: 'Ask for the address instead.',
      ko: '주소를 조회하십시오.',
    },
  },
  'cut-exists': {
    status: 409,
    text: {
      en: 'Transaction {txid} has been cut already by {by}: {reason}',
      ko: '거래 {txid}은(는) {by} 담당자가 이미 제외하였습니다: {reason}',
    },
    hint: {
      en: 'To give another reason, take that cut back first; it stays in the history.',
      ko: '사유를 변경하려면 먼저 해당 제외를 철회하십시오. 철회한 기록은 이력에 남습니다.',
    },
  },
  'cut-unknown': {
    status: 404,
    text: { en: 'Transaction {txid} is not cut.', ko: '거래 {txid}은(는) 제외되어 있지 않습니다.' },
    hint: {
      en: 'See which transactions of the chain are: gongjo cut list.',
      ko: '체인에서 제외된 거래는 다음 명령으로 확인하십시오: gongjo cut list',
    },
  },
  'watches-too-many': {
    status: 409,
    text: {
      en: 'There are {limit} standing watches already.',
      ko: '이미 감시가 {limit}건 등록되어 있습니다.',
    },
    hint: {
      en: 'End some with gongjo watch remove, or import many addresses as one list with gongjo watch import.',
      ko: 'gongjo watch remove로 일부를 해제하거나, gongjo watch import로 여러 주소를 하나의 목록으로 등록하십시오.',
    },
  },
  'cuts-too-many': {
    status: 409,
    text: {
      en: 'Chain {chain} has {max} cut transactions, the most there can be.',
      ko: '체인 {chain}에서 제외된 거래가 한도인 {max}건에 도달하였습니다.',
    },
    hint: {
      en: 'Take back cuts that are not needed any more: gongjo cut remove.',
      ko: '더 이상 필요하지 않은 제외를 철회하십시오: gongjo cut remove',
    },
  },
  'chain-unknown': {
    status: 404,
    text: { en: 'This desk reads no chain {chain}.', ko: '이 데스크는 체인 {chain}을(를) 읽지 않습니다.' },
    hint: {
      en: 'Add a source for it, or use one of: {known}.',
      ko: '해당 체인의 소스를 추가하거나 다음 중 하나를 사용하십시오: {known}',
    },
  },
  'file-unreadable': {
    status: 422,
    text: { en: 'The file {path} cannot be read: {detail}', ko: '파일 {path}을(를) 읽을 수 없습니다: {detail}' },
    hint: {
      en: 'Check that it exists and that the desk may read it. Nothing was written.',
      ko: '파일이 존재하는지, 데스크에 읽기 권한이 있는지 확인하십시오. 기록된 내용은 없습니다.',
    },
  },
  'stix-file-unreadable': {
    status: 422,
    text: {
      en: 'The file {file} cannot be read as STIX: {detail}',
      ko: '파일 {file}을(를) STIX로 읽을 수 없습니다: {detail}',
    },
    hint: {
      en: 'Check that it is there and whole: JSON in UTF-8 with a STIX 2.1 bundle, a TAXII envelope, a list of objects or one object.',
      ko: '파일이 존재하고 온전한지 확인하십시오. STIX 2.1 번들, TAXII 엔벨로프, 객체 목록 또는 객체 하나를 담은 UTF-8 JSON이어야 합니다.',
    },
  },
  'stix-file-too-large': {
    status: 413,
    text: {
      en: 'The file {file} is larger than {limit} bytes.',
      ko: '파일 {file}이(가) {limit}바이트를 초과합니다.',
    },
    hint: {
      en: 'Divide it into several files; each object stands for itself.',
      ko: '여러 파일로 나누어 주십시오. 각 객체는 서로 독립적입니다.',
    },
  },
  'files-without-blocks': {
    status: 422,
    text: { en: 'There is no block in these files.', ko: '지정한 파일에 블록이 없습니다.' },
    hint: {
      en: 'Add the file that holds the blocks themselves; receipts, logs and traces alone do not make one.',
      ko: '블록이 담긴 파일을 함께 지정하십시오. 영수증, 로그, 실행 기록만으로는 블록을 구성할 수 없습니다.',
    },
  },
  'files-do-not-continue': {
    status: 422,
    text: {
      en: 'The files hold blocks from {from} to {to}, but block {next} comes next.',
      ko: '파일에는 {from}번부터 {to}번까지의 블록이 있으나, 다음에 기록할 블록은 {next}번입니다.',
    },
    hint: {
      en: 'A ledger has no holes: add files that begin with that block. Nothing was written.',
      ko: '원장의 블록은 연속되어야 합니다. 해당 블록부터 시작하는 파일을 추가하십시오. 기록된 내용은 없습니다.',
    },
  },
  'files-differ': {
    status: 409,
    text: {
      en: 'The files hold another block {height} than the ledger: {found} instead of {wanted}.',
      ko: '파일의 {height}번 블록이 원장과 다릅니다: {found} (원장: {wanted})',
    },
    hint: {
      en: 'They are of another branch or another chain. Check --chain, or read the newest blocks from a node, which settles which branch stands. Nothing was written.',
      ko: '다른 분기 또는 다른 체인의 파일입니다. --chain을 확인하거나, 최신 블록을 노드에서 읽어 유효한 분기를 확정하십시오. 기록된 내용은 없습니다.',
    },
  },
  'block-incomplete': {
    status: 422,
    text: {
      en: 'Block {height} cannot be put together from these files: {detail}',
      ko: '지정한 파일로 {height}번 블록을 구성할 수 없습니다: {detail}',
    },
    hint: {
      en: 'Add the file that holds what is missing and run the command again. The blocks before it are in the ledger.',
      ko: '누락된 내용이 담긴 파일을 추가하여 다시 실행하십시오. 그 이전의 블록은 원장에 기록되었습니다.',
    },
  },
  'chain-being-read': {
    status: 409,
    text: {
      en: 'Chain {chain} is being read already, by the desk itself or by another command.',
      ko: '체인 {chain}은(는) 데스크 또는 다른 명령이 이미 읽고 있습니다.',
    },
    hint: {
      en: 'See how far it is with: gongjo ledger status.',
      ko: '진행 상황은 다음 명령으로 확인하십시오: gongjo ledger status',
    },
  },
  'address-invalid': {
    status: 400,
    text: { en: '{address} is no address of {chain}.', ko: '{address}은(는) {chain}의 주소가 아닙니다.' },
    hint: {
      en: 'Copy it again as it is written: letter case and every letter count.',
      ko: '대소문자를 포함하여 원문 그대로 다시 복사해 주십시오.',
    },
  },
  'tag-list-unreadable': {
    status: 422,
    text: { en: 'The list {file} cannot be read: {detail}', ko: '목록 {file}을(를) 읽을 수 없습니다: {detail}' },
    hint: {
      en: 'Nothing of this import was kept. Check that the file is whole and of the kind named; docs/tags.md describes each.',
      ko: '이번 가져오기에서 저장된 내용은 없습니다. 파일이 온전한지, 지정한 종류가 맞는지 확인하십시오. 각 형식은 docs/tags.md에 설명되어 있습니다.',
    },
  },
  'tag-list-too-large': {
    status: 413,
    text: { en: 'The list is larger than {limit}.', ko: '목록이 {limit}을(를) 초과합니다.' },
    hint: {
      en: 'Nothing was kept. Split the list and import each part under a source of its own (--source).',
      ko: '저장된 내용은 없습니다. 목록을 나누고 부분마다 다른 출처(--source)로 가져오십시오.',
    },
  },
  'tag-list-empty': {
    status: 422,
    text: {
      en: 'The list {source} holds no row that can be taken; {refused} were refused.',
      ko: '목록 {source}에 가져올 수 있는 항목이 없습니다. 거부된 항목: {refused}건',
    },
    hint: {
      en: 'Nothing was changed; the tags that this source gave before still count. Check that it is the right file.',
      ko: '변경된 내용은 없으며 이 출처의 기존 태그는 계속 유효합니다. 올바른 파일인지 확인하십시오.',
    },
  },
  'tag-source-unknown': {
    status: 404,
    text: { en: 'No list was imported as "{source}".', ko: '"{source}"(으)로 가져온 목록이 없습니다.' },
    hint: { en: 'Use one of: {known}.', ko: '다음 중 하나를 사용하십시오: {known}' },
  },
  'transaction-unknown': {
    status: 404,
    text: { en: 'Transaction {txid} is not in the ledger.', ko: '거래 {txid}이(가) 원장에 없습니다.' },
    hint: {
      en: 'Check the hash; if the transaction is new, wait until its block has been read (gongjo ledger status).',
      ko: '해시를 확인하십시오. 최근 거래라면 해당 블록을 읽을 때까지 기다리십시오(gongjo ledger status).',
    },
  },
  'movement-unknown': {
    status: 404,
    text: {
      en: 'Transaction {txid} has no movement or output {index}.',
      ko: '거래 {txid}에는 {index}번 이동 또는 출력이 없습니다.',
    },
    hint: {
      en: 'Count from 0, or name the transaction without an index to follow all of it.',
      ko: '번호는 0부터 시작합니다. 거래 전체를 추적하려면 번호 없이 지정하십시오.',
    },
  },
  'file-exists': {
    status: 409,
    text: {
      en: 'There is a file {file} already; it was left as it is.',
      ko: '{file} 파일이 이미 있어 덮어쓰지 않고 그대로 두었습니다.',
    },
    hint: { en: 'Name another file, or remove this one.', ko: '다른 파일 이름을 지정하거나 기존 파일을 삭제하십시오.' },
  },
  'file-unwritable': {
    status: 422,
    text: { en: 'The file {file} cannot be written: {detail}', ko: '{file} 파일을 저장할 수 없습니다: {detail}' },
    hint: { en: 'Check the folder and its permissions.', ko: '폴더와 권한을 확인하십시오.' },
  },
  'address-received-nothing': {
    status: 422,
    text: {
      en: 'The ledger knows of nothing that {address} received, so there is nothing to follow.',
      ko: '원장에는 {address}이(가) 받은 자산이 없으므로 추적할 대상이 없습니다.',
    },
    hint: {
      en: 'Check the address and the blocks that the ledger holds (gongjo ledger status).',
      ko: '주소와 원장이 보유한 블록 범위를 확인하십시오(gongjo ledger status).',
    },
  },
  'lead-moves-nothing': {
    status: 422,
    text: {
      en: 'Transaction {txid} moves no value, so there is nothing to follow.',
      ko: '거래 {txid}은(는) 이동한 자산이 없으므로 추적할 대상이 없습니다.',
    },
    hint: { en: 'Give the transaction that took the money.', ko: '자산을 탈취한 거래를 지정하십시오.' },
  },
  'lead-output-unknown': {
    status: 404,
    text: {
      en: 'Transaction {txid} has no output {ord}.',
      ko: '거래 {txid}에 출력 {ord}번이 없습니다.',
    },
    hint: {
      en: 'Outputs are counted from 0; gongjo tx lists them.',
      ko: '출력 번호는 0부터 시작합니다. gongjo tx 명령으로 확인하십시오.',
    },
  },
  'lead-address-unseen': {
    status: 404,
    text: {
      en: 'Address {address} received nothing in the ledger, so there is nothing to follow.',
      ko: '주소 {address}이(가) 받은 자산이 원장에 없으므로 추적할 대상이 없습니다.',
    },
    hint: {
      en: 'Check the address; if it was paid only now, wait until the block has been read (gongjo ledger status).',
      ko: '주소를 확인하십시오. 방금 입금된 주소라면 해당 블록을 읽을 때까지 기다리십시오(gongjo ledger status).',
    },
  },
  'partner-unknown': {
    status: 404,
    text: {
      en: 'Desk "{desk}" is not a partner of this desk.',
      ko: '데스크 "{desk}"은(는) 이 데스크의 협력기관이 아닙니다.',
    },
    hint: {
      en: 'Pair with it first: gongjo partner add CARD --fingerprint …; gongjo partner list shows the partners.',
      ko: '먼저 협력기관으로 등록하십시오: gongjo partner add 카드 --fingerprint … (목록: gongjo partner list)',
    },
  },
  'partner-fingerprint-wrong': {
    status: 422,
    text: {
      en: 'The card’s key has the fingerprint {found}, not the one given.',
      ko: '카드의 키 지문은 {found}이며, 입력한 지문과 다릅니다.',
    },
    hint: {
      en: 'Do not pair. Ask the partner for its fingerprint again by telephone, and for its card through another channel.',
      ko: '등록하지 마십시오. 전화로 지문을 다시 확인하고, 다른 경로로 카드를 다시 받으십시오.',
    },
  },
  'partner-exists': {
    status: 409,
    text: {
      en: 'Desk "{desk}" is already a partner, with another key.',
      ko: '데스크 "{desk}"은(는) 다른 키로 이미 등록되어 있습니다.',
    },
    hint: {
      en: 'If its key really changed, remove it first: gongjo partner remove {desk}.',
      ko: '키가 실제로 변경되었다면 먼저 삭제하십시오: gongjo partner remove {desk}',
    },
  },
  'partner-is-self': {
    status: 422,
    text: { en: 'This card is this desk’s own.', ko: '이 카드는 이 데스크 자신의 카드입니다.' },
    hint: { en: 'Use the card that the partner sent.', ko: '협력기관이 보낸 카드를 사용하십시오.' },
  },
  'partner-url-insecure': {
    status: 422,
    text: { en: 'The partner’s address {url} is not https.', ko: '협력기관 주소 {url}이(가) https가 아닙니다.' },
    hint: {
      en: 'Use https; plain http is allowed only on this machine (127.0.0.1, ::1, localhost).',
      ko: 'https를 사용하십시오. 일반 http는 이 컴퓨터(127.0.0.1, ::1, localhost)에서만 허용됩니다.',
    },
  },
  'partner-unreachable': {
    status: 502,
    text: {
      en: 'Partner "{desk}" at {url} cannot be reached: {detail}',
      ko: '협력기관 "{desk}"({url})에 연결할 수 없습니다: {detail}',
    },
    hint: {
      en: 'Nothing is lost: what waits is sent when it answers again.',
      ko: '유실되는 데이터는 없습니다. 응답이 재개되면 대기 중인 자료를 전송합니다.',
    },
  },
  'partner-refused': {
    status: 502,
    text: {
      en: 'Partner "{desk}" refused the delivery: {detail}',
      ko: '협력기관 "{desk}"이(가) 자료 수령을 거부하였습니다: {detail}',
    },
    hint: {
      en: 'The delivery is kept. Resolve the reason with the partner, then: gongjo partner retry {desk}.',
      ko: '자료는 보관되어 있습니다. 협력기관과 사유를 해결한 후 실행하십시오: gongjo partner retry {desk}',
    },
  },
  'partner-token-invalid': {
    status: 401,
    text: {
      en: 'The request does not prove which partner sends it: {detail}',
      ko: '요청을 보낸 협력기관을 확인할 수 없습니다: {detail}',
    },
    hint: {
      en: 'Both desks must have added each other with gongjo partner add, and their clocks must agree to the minute.',
      ko: '두 데스크가 gongjo partner add로 서로를 등록하였는지, 양쪽 시계가 1분 이내로 일치하는지 확인하십시오.',
    },
  },
  'partner-suspended': {
    status: 401,
    text: {
      en: 'The pairing with desk "{desk}" is suspended, because a key was revoked.',
      ko: '키가 폐기되어 데스크 "{desk}"와(과)의 등록이 중지되었습니다.',
    },
    hint: {
      en: 'Pair again by words: gongjo partner invite here, gongjo partner accept there. What waits is kept.',
      ko: '확인 단어로 다시 등록하십시오. 한쪽에서 gongjo partner invite, 다른 쪽에서 gongjo partner accept를 실행합니다. 대기 중인 자료는 보관됩니다.',
    },
  },
  'key-revoked': {
    status: 401,
    text: {
      en: 'The key {kid} of desk "{desk}" has been revoked.',
      ko: '데스크 "{desk}"의 키 {kid}은(는) 폐기되었습니다.',
    },
    hint: {
      en: 'Nothing signed by it is taken any more. The two desks pair again by words: gongjo partner invite.',
      ko: '이 키로 서명한 자료는 더 이상 받지 않습니다. 두 데스크가 확인 단어로 다시 등록하십시오: gongjo partner invite',
    },
  },
  'key-unknown': {
    status: 404,
    text: {
      en: 'Desk "{desk}" has no key {kid} here.',
      ko: '데스크 "{desk}"의 키 {kid}이(가) 등록되어 있지 않습니다.',
    },
    hint: {
      en: 'See which it has: gongjo partner show {desk}.',
      ko: '등록된 키를 확인하십시오: gongjo partner show {desk}',
    },
  },
  'key-chain-broken': {
    status: 422,
    text: {
      en: 'The new key of desk "{desk}" is not vouched for by the one that is known: {detail}',
      ko: '데스크 "{desk}"의 새 키를 기존 키로 확인할 수 없습니다: {detail}',
    },
    hint: {
      en: 'The known key stands. Ask the partner by telephone, and pair again by words if its key did change.',
      ko: '기존 키를 그대로 유지합니다. 협력기관에 전화로 확인하고, 키가 실제로 변경되었다면 확인 단어로 다시 등록하십시오.',
    },
  },
  'key-changing': {
    status: 409,
    text: {
      en: 'The key of this desk was changed by somebody else just now.',
      ko: '이 데스크의 키가 방금 다른 요청으로 변경되었습니다.',
    },
    hint: {
      en: 'That change stands and this one was not made. See it: gongjo key show.',
      ko: '먼저 처리된 변경만 적용되었으며 이번 요청은 처리되지 않았습니다. 현재 키를 확인하십시오: gongjo key show',
    },
  },
  'invitation-invalid': {
    status: 404,
    text: {
      en: 'This invitation cannot be used: {detail}',
      ko: '사용할 수 없는 초대입니다: {detail}',
    },
    hint: {
      en: 'Ask the partner for a new one: gongjo partner invite.',
      ko: '협력기관에 새 초대를 요청하십시오: gongjo partner invite',
    },
  },
  'pairing-unknown': {
    status: 404,
    text: {
      en: 'No pairing with "{desk}" waits for its words.',
      ko: '"{desk}"와(과) 진행 중인 등록이 없습니다.',
    },
    hint: {
      en: 'See what is under way: gongjo partner list.',
      ko: '진행 중인 등록을 확인하십시오: gongjo partner list',
    },
  },
  'pairing-words-wrong': {
    status: 422,
    text: {
      en: 'The words are not those of this desk: somebody may be between the two desks. The pairing with "{desk}" has been burnt.',
      ko: '확인 단어가 이 데스크의 단어와 다릅니다. 두 데스크 사이에 제3자가 개입했을 수 있습니다. "{desk}"와(과)의 등록은 취소되었습니다.',
    },
    hint: {
      en: 'Nothing was exchanged. Make a new invitation, send it another way, and compare the words again by telephone.',
      ko: '교환된 자료는 없습니다. 새 초대를 만들어 다른 경로로 보내고, 전화로 단어를 다시 비교하십시오.',
    },
  },
  'pairing-ended': {
    status: 409,
    text: {
      en: 'The pairing with "{desk}" has ended without agreement: {detail}',
      ko: '"{desk}"와(과)의 등록이 완료되지 않고 종료되었습니다: {detail}',
    },
    hint: {
      en: 'Start again with a new invitation: gongjo partner invite.',
      ko: '새 초대로 다시 시작하십시오: gongjo partner invite',
    },
  },
  'quota-exceeded': {
    status: 429,
    text: {
      en: 'Desk "{desk}" has reached its quota of {what}: {limit}.',
      ko: '데스크 "{desk}"이(가) 허용량에 도달하였습니다({what}: {limit}).',
    },
    hint: {
      en: 'Send again after the time in Retry-After. The operator there can change the quota: gongjo partner set DESK --quota.',
      ko: 'Retry-After에 표시된 시간 이후에 다시 보내십시오. 상대 운영자가 허용량을 변경할 수 있습니다: gongjo partner set 데스크 --quota',
    },
  },
  'overlap-not-agreed': {
    status: 403,
    text: {
      en: 'Desk "{desk}" has not agreed to compare with this desk.',
      ko: '데스크 "{desk}"이(가) 이 데스크와의 중복 확인에 동의하지 않았습니다.',
    },
    hint: {
      en: 'The operator there agrees with: gongjo overlap quota DESK --hour N --day N.',
      ko: '상대 운영자가 다음 명령으로 동의합니다: gongjo overlap quota 데스크 --hour N --day N',
    },
  },
  'overlap-no-terms': {
    status: 409,
    text: {
      en: 'This desk has not agreed to compare with desk "{desk}".',
      ko: '이 데스크가 데스크 "{desk}"와(과)의 중복 확인에 동의하지 않았습니다.',
    },
    hint: {
      en: 'The operator here agrees with: gongjo overlap quota {desk} --hour N --day N.',
      ko: '이 데스크의 운영자가 다음 명령으로 동의합니다: gongjo overlap quota {desk} --hour N --day N',
    },
  },
  'overlap-quota-exceeded': {
    status: 429,
    text: {
      en: 'Desk "{desk}" answers no more questions for now: the agreed quota is used up.',
      ko: '데스크 "{desk}"이(가) 당분간 질의에 응답하지 않습니다. 합의한 허용량을 모두 사용하였습니다.',
    },
    hint: {
      en: 'Ask again in {seconds} seconds; a desk does so by itself. Nothing was asked, and nothing was counted.',
      ko: '{seconds}초 후에 다시 질의하십시오. 데스크는 자동으로 다시 질의합니다. 이번 질의는 처리되지 않았으며 집계되지 않았습니다.',
    },
  },
  'overlap-refused': {
    status: 409,
    text: {
      en: 'The comparison with desk "{desk}" was not carried out: {detail}',
      ko: '데스크 "{desk}"와(과)의 중복 확인이 이루어지지 않았습니다: {detail}',
    },
    hint: {
      en: 'Nothing was learned. Try again; if it repeats, speak to the operator there.',
      ko: '알게 된 정보는 없습니다. 다시 시도하고, 반복되면 상대 운영자에게 문의하십시오.',
    },
  },
  'overlap-proof-invalid': {
    status: 409,
    text: {
      en: 'Desk "{desk}" answered with another key than it committed to.',
      ko: '데스크 "{desk}"이(가) 약정한 키와 다른 키로 응답하였습니다.',
    },
    hint: {
      en: 'The answer was not used. Speak to the operator there by telephone before comparing again.',
      ko: '응답을 사용하지 않았습니다. 다시 확인하기 전에 상대 운영자에게 전화로 문의하십시오.',
    },
  },
  'overlap-commitment-changed': {
    status: 409,
    text: {
      en: 'Desk "{desk}" names another key for epoch {epoch} than before.',
      ko: '데스크 "{desk}"이(가) {epoch}기 키로 이전과 다른 키를 제시하였습니다.',
    },
    hint: {
      en: 'Both signed commitments are kept as evidence. Do not compare with this desk until this is explained.',
      ko: '서명된 두 약정을 증거로 보관하였습니다. 해명될 때까지 이 데스크와 중복 확인을 하지 마십시오.',
    },
  },
  'requests-too-many': {
    status: 429,
    text: {
      en: 'Too many requests of this kind.',
      ko: '이러한 요청이 너무 많습니다.',
    },
    hint: { en: 'Wait a minute and try again.', ko: '1분 후 다시 시도하십시오.' },
  },
  'headers-too-large': {
    status: 431,
    text: { en: 'The headers of the request are too large.', ko: '요청 헤더가 너무 큽니다.' },
    hint: { en: 'Send shorter ones.', ko: '헤더를 줄여 보내 주십시오.' },
  },
  'request-too-slow': {
    status: 408,
    text: { en: 'The request did not come whole in time.', ko: '요청이 제한 시간 안에 모두 도착하지 않았습니다.' },
    hint: {
      en: 'Send it again over a better line, or in smaller parts.',
      ko: '더 안정적인 회선으로 다시 보내거나 나누어 보내 주십시오.',
    },
  },
  'encoding-unsupported': {
    status: 415,
    text: {
      en: 'A body in the encoding {encoding} is not read.',
      ko: '{encoding} 인코딩 본문은 받지 않습니다.',
    },
    hint: { en: 'Send it without Content-Encoding.', ko: 'Content-Encoding 없이 보내 주십시오.' },
  },
  'certificate-expires': {
    status: 500,
    text: {
      en: 'The certificate {file} is good until {until}.',
      ko: '인증서 {file}의 유효 기간은 {until}까지입니다.',
    },
    hint: {
      en: 'Put a new one in its place; the desk reads it without a restart.',
      ko: '새 인증서로 교체하십시오. 데스크를 다시 시작하지 않아도 적용됩니다.',
    },
  },
  'signature-missing': {
    status: 401,
    text: { en: 'The bundle carries no signature.', ko: '자료 묶음에 서명이 없습니다.' },
    hint: {
      en: 'Send it signed (header Gongjo-Signature). Nothing of it was kept.',
      ko: '서명하여 보내 주십시오(Gongjo-Signature 헤더). 저장된 내용은 없습니다.',
    },
  },
  'signature-invalid': {
    status: 422,
    text: {
      en: 'The signature of the bundle from "{desk}" does not verify: {detail}',
      ko: '"{desk}"이(가) 보낸 자료 묶음의 서명을 검증할 수 없습니다: {detail}',
    },
    hint: {
      en: 'Nothing of it was admitted; it is kept in quarantine as evidence. Tell the partner by telephone.',
      ko: '반입하지 않았으며 증거로 격리 보관하였습니다. 협력기관에 전화로 알리십시오.',
    },
  },
  'delivery-conflict': {
    status: 409,
    text: {
      en: 'Delivery {delivery} was received before with other content.',
      ko: '전송 {delivery}은(는) 다른 내용으로 이미 수신되었습니다.',
    },
    hint: {
      en: 'Nothing of it was admitted. Tell the partner by telephone.',
      ko: '반입하지 않았습니다. 협력기관에 전화로 알리십시오.',
    },
  },
  'bundle-invalid': {
    status: 422,
    text: {
      en: 'The bundle is not valid STIX 2.1, at {path}: {detail}',
      ko: '자료 묶음이 올바른 STIX 2.1 형식이 아닙니다({path}): {detail}',
    },
    hint: {
      en: 'Nothing of it was admitted. Correct the object and send it again.',
      ko: '반입하지 않았습니다. 해당 객체를 수정하여 다시 보내 주십시오.',
    },
  },
  'object-unmarked': {
    status: 422,
    text: { en: 'Object {id} carries no TLP 2.0 marking.', ko: '객체 {id}에 TLP 2.0 표시가 없습니다.' },
    hint: {
      en: 'Mark it and send it again. The object was not admitted.',
      ko: '표시를 부여하여 다시 보내 주십시오. 해당 객체는 반입하지 않았습니다.',
    },
  },
  'object-conflict': {
    status: 422,
    text: {
      en: 'Object {id} is already here from another source or with other content.',
      ko: '객체 {id}은(는) 다른 출처 또는 다른 내용으로 이미 존재합니다.',
    },
    hint: {
      en: 'The object was not admitted. Send a new version with a later "modified".',
      ko: '해당 객체는 반입하지 않았습니다. "modified"가 더 늦은 새 버전을 보내 주십시오.',
    },
  },
  'marking-conflict': {
    status: 422,
    text: {
      en: 'Object {id} carries TLP markings that contradict each other.',
      ko: '객체 {id}의 TLP 표시가 서로 모순됩니다.',
    },
    hint: {
      en: 'Mark it with one level and send it again. The object was not admitted.',
      ko: '하나의 등급만 부여하여 다시 보내 주십시오. 해당 객체는 반입하지 않았습니다.',
    },
  },
  'marking-false': {
    status: 422,
    text: {
      en: 'The marking definition {id} says another level than its identifier stands for: {detail}',
      ko: '표시 정의 {id}이(가) 식별자에 해당하는 등급과 다른 등급을 나타냅니다: {detail}',
    },
    hint: {
      en: 'Use the published definitions of TLP. The object was not admitted.',
      ko: '공표된 TLP 정의를 사용하십시오. 해당 객체는 반입하지 않았습니다.',
    },
  },
  'object-revoked': {
    status: 422,
    text: { en: 'Object {id} was revoked by its origin.', ko: '객체 {id}은(는) 제공한 쪽에서 철회하였습니다.' },
    hint: {
      en: 'A revoked object has no later version. Make a new object with an identifier of its own.',
      ko: '철회된 객체에는 새 버전을 만들 수 없습니다. 별도의 식별자로 새 객체를 만드십시오.',
    },
  },
  'object-unknown': {
    status: 404,
    text: {
      en: 'There is no object, incident or delivery {id} here.',
      ko: '{id}에 해당하는 객체, 사건 또는 전송이 없습니다.',
    },
    hint: {
      en: 'Check the identifier; gongjo stix export lists what is here.',
      ko: '식별자를 확인하십시오. 보유한 객체는 gongjo stix export로 확인할 수 있습니다.',
    },
  },
  'recipient-unknown': {
    status: 404,
    text: {
      en: '"{recipient}" is neither a paired desk nor a collection.',
      ko: '"{recipient}"은(는) 등록된 데스크도 컬렉션도 아닙니다.',
    },
    hint: {
      en: 'Name a desk (gongjo partner list) or collection:ALIAS.',
      ko: '데스크 식별자(gongjo partner list) 또는 collection:별칭을 지정하십시오.',
    },
  },
  'request-unknown': {
    status: 404,
    text: { en: 'There is no request {id}.', ko: '요청 {id}이(가) 없습니다.' },
    hint: { en: 'See which there are: gongjo approval list.', ko: '요청 목록은 gongjo approval list로 확인하십시오.' },
  },
  'request-closed': {
    status: 409,
    text: {
      en: 'Request {id} cannot be answered any more; it is {state}.',
      ko: '요청 {id}에는 더 이상 응답할 수 없습니다(상태: {state}).',
    },
    hint: {
      en: 'Ask for the release again: gongjo release.',
      ko: '제공을 다시 요청하십시오: gongjo release',
    },
  },
  'request-elsewhere': {
    status: 409,
    text: {
      en: 'Request {id} is answered by desk "{desk}".',
      ko: '요청 {id}에는 데스크 "{desk}"이(가) 응답합니다.',
    },
    hint: { en: 'Wait for its answer, or refuse the request.', ko: '응답을 기다리거나 요청을 거부하십시오.' },
  },
  'approval-repeated': {
    status: 409,
    text: { en: 'You have answered request {id} already.', ko: '요청 {id}에 이미 응답하였습니다.' },
    hint: { en: 'Another person has to approve it.', ko: '다른 담당자가 승인해야 합니다.' },
  },
  'approval-own': {
    status: 409,
    text: {
      en: 'You asked for the release of request {id} yourself; two others have to approve it.',
      ko: '요청 {id}은(는) 본인이 제공을 요청한 건이므로 다른 두 사람이 승인해야 합니다.',
    },
    hint: { en: 'Ask two colleagues.', ko: '다른 담당자 두 명에게 요청하십시오.' },
  },
  'mark-looser': {
    status: 422,
    text: {
      en: 'Object {id} is marked {held} here; {asked} would loosen that.',
      ko: '객체 {id}은(는) {held}(으)로 표시되어 있어 {asked}(으)로 완화할 수 없습니다.',
    },
    hint: {
      en: 'A marking can only be tightened here. Its origin can send a new version.',
      ko: '이 데스크에서는 표시를 강화만 할 수 있습니다. 완화하려면 제공한 쪽에서 새 버전을 보내야 합니다.',
    },
  },
  'collection-forbidden': {
    status: 403,
    text: {
      en: 'Your account may not do that in the collection "{collection}".',
      ko: '귀하의 계정에는 컬렉션 "{collection}"에서 이 작업을 수행할 권한이 없습니다.',
    },
    hint: {
      en: 'can_read and can_write of the collection say what you may do; ask the desk’s operator for more.',
      ko: '컬렉션의 can_read와 can_write에서 권한을 확인하고, 추가 권한은 데스크 운영자에게 요청하십시오.',
    },
  },
  'collection-unknown': {
    status: 404,
    text: { en: 'There is no collection "{collection}".', ko: '컬렉션 "{collection}"이(가) 없습니다.' },
    hint: {
      en: 'List them with: gongjo taxii collection list.',
      ko: '다음 명령으로 목록을 확인하십시오: gongjo taxii collection list',
    },
  },
  'collection-exists': {
    status: 409,
    text: {
      en: 'The name "{collection}" is or was that of a collection.',
      ko: '"{collection}"은(는) 이미 사용 중이거나 사용된 적이 있는 컬렉션 이름입니다.',
    },
    hint: {
      en: 'Choose another name: what was decided for the earlier collection would be read again.',
      ko: '다른 이름을 지정하십시오. 같은 이름을 사용하면 이전 컬렉션에 제공된 자료가 다시 공개됩니다.',
    },
  },
  'account-unknown': {
    status: 404,
    text: { en: 'There is no TAXII account "{account}".', ko: 'TAXII 계정 "{account}"이(가) 없습니다.' },
    hint: {
      en: 'List them with: gongjo taxii account list.',
      ko: '다음 명령으로 목록을 확인하십시오: gongjo taxii account list',
    },
  },
  'account-exists': {
    status: 409,
    text: { en: 'There is a TAXII account "{account}" already.', ko: 'TAXII 계정 "{account}"이(가) 이미 있습니다.' },
    hint: {
      en: 'Choose another name, or remove that account first; it then gets a new secret.',
      ko: '다른 이름을 지정하거나 기존 계정을 먼저 삭제하십시오. 다시 만들면 새 비밀값이 발급됩니다.',
    },
  },
  'account-invalid': {
    status: 401,
    text: {
      en: 'The credentials are not those of a TAXII account of this desk, or have expired.',
      ko: '이 데스크의 TAXII 계정 정보와 일치하지 않거나 유효 기간이 지났습니다.',
    },
    hint: {
      en: 'Send name and secret with HTTP Basic, or the secret as a bearer token. The desk’s operator gives accounts.',
      ko: 'HTTP Basic으로 이름과 비밀값을 보내거나 비밀값을 Bearer 토큰으로 보내십시오. 계정은 데스크 운영자가 발급합니다.',
    },
  },
  'feed-unknown': {
    status: 404,
    text: { en: 'The settings name no feed "{feed}".', ko: '설정에 피드 "{feed}"이(가) 없습니다.' },
    hint: {
      en: 'List them with: gongjo taxii feed list. docs/settings.md says how to add one.',
      ko: '다음 명령으로 목록을 확인하십시오: gongjo taxii feed list. 추가 방법은 docs/settings.md에 있습니다.',
    },
  },
  'feed-failed': {
    status: 502,
    text: {
      en: 'The TAXII server of the feed "{feed}" does not do as it should: {detail}',
      ko: '피드 "{feed}"의 TAXII 서버가 정상적으로 응답하지 않습니다: {detail}',
    },
    hint: {
      en: 'It is tried again by itself, ever more slowly. Check address, credentials and rights at that server.',
      ko: '간격을 늘려 가며 자동으로 다시 시도합니다. 주소, 인증 정보, 해당 서버에서의 권한을 확인하십시오.',
    },
  },
  'attempts-exceeded': {
    status: 429,
    text: {
      en: 'Too many requests with wrong credentials. The next is looked at in {seconds} seconds.',
      ko: '잘못된 인증 정보로 보낸 요청이 너무 많습니다. {seconds}초 후에 다시 확인합니다.',
    },
    hint: { en: 'Correct the credentials and wait.', ko: '인증 정보를 수정하고 기다려 주십시오.' },
  },
  'policy-refused': {
    status: 403,
    text: { en: 'The policy does not allow it: {detail}', ko: '정책상 허용되지 않습니다: {detail}' },
    hint: {
      en: 'The policy set that decided is in the desk’s data folder, policy.cedar.',
      ko: '적용된 정책은 데스크 데이터 폴더의 policy.cedar에 있습니다.',
    },
  },
  'policy-faulty': {
    status: 400,
    text: { en: 'This policy set is not valid: {detail}', ko: '정책이 올바르지 않습니다: {detail}' },
    hint: {
      en: 'Correct the rules or lines named; the set in force has not changed. docs/policy.md says how rules are written.',
      ko: '표시된 규칙 또는 행을 수정하십시오. 시행 중인 정책은 변경되지 않았습니다. 작성 방법은 docs/policy.md에 있습니다.',
    },
  },
  'policy-invalid': {
    status: 500,
    text: {
      en: 'The policy set {file} is not valid: {detail}',
      ko: '정책 파일 {file}이(가) 올바르지 않습니다: {detail}',
    },
    hint: {
      en: 'Correct it; until then the desk releases and admits nothing.',
      ko: '수정하십시오. 수정 전에는 어떤 자료도 제공하거나 반입하지 않습니다.',
    },
  },
  'directory-invalid': {
    status: 400,
    text: {
      en: 'The directory is not valid, in {file} at {path}: {detail} (findings: {count})',
      ko: '기관 명부가 올바르지 않습니다. 파일 {file}, 위치 {path}: {detail} (오류 {count}건)',
    },
    hint: {
      en: 'Correct the file; gongjo directory validate FILE… tells every finding. Nothing was changed.',
      ko: '파일을 수정하십시오. gongjo directory validate 파일… 명령으로 모든 오류를 확인할 수 있습니다. 변경된 내용은 없습니다.',
    },
  },
  'time-in-future': {
    status: 400,
    text: { en: '{field} lies in the future: {at}.', ko: '{field} 시각이 미래입니다: {at}' },
    hint: {
      en: 'Give the time in UTC, e.g. 2026-11-28T04:42:00.000Z.',
      ko: '협정 세계시(UTC)로 입력하십시오(예: 2026-11-28T04:42:00.000Z).',
    },
  },
  'asset-of-other-chain': {
    status: 400,
    text: { en: 'The asset {asset} is none of {chain}.', ko: '{asset}은(는) {chain} 체인의 자산이 아닙니다.' },
    hint: {
      en: 'Report what moved on each chain under that chain (moved, parts).',
      ko: '각 체인에서 이동한 자산은 해당 체인 항목(moved, parts)에 입력하십시오.',
    },
  },
  'reporter-unknown': {
    status: 401,
    text: {
      en: 'The token is not that of a reporter of this desk, or was revoked.',
      ko: '이 데스크의 신고 계정 토큰이 아니거나 이미 폐기된 토큰입니다.',
    },
    hint: {
      en: 'Send Authorization: Bearer TOKEN. The operator makes one: gongjo reporter add NAME.',
      ko: 'Authorization: Bearer 토큰 헤더로 보내십시오. 토큰은 운영자가 발급합니다: gongjo reporter add 이름',
    },
  },
  'reporter-exists': {
    status: 409,
    text: { en: 'There is a reporter "{name}" already.', ko: '신고 계정 "{name}"이(가) 이미 있습니다.' },
    hint: {
      en: 'Choose another name, or revoke that one first: gongjo reporter revoke NAME.',
      ko: '다른 이름을 사용하거나 기존 계정을 먼저 폐기하십시오: gongjo reporter revoke 이름',
    },
  },
  'reports-too-many': {
    status: 429,
    text: {
      en: 'Reporter "{name}" has sent its {limit} reports of this hour.',
      ko: '신고 계정 "{name}"의 시간당 신고 한도 {limit}건을 모두 사용하였습니다.',
    },
    hint: {
      en: 'Wait for the next hour; in urgent cases call the duty officer.',
      ko: '다음 시간까지 기다리십시오. 긴급한 경우 당직자에게 전화하십시오.',
    },
  },
  'views-too-many': {
    status: 409,
    text: {
      en: 'The desk keeps {limit} saved views, and has as many.',
      ko: '데스크에 저장할 수 있는 보기 {limit}개를 모두 사용하였습니다.',
    },
    hint: {
      en: 'Delete a view that nobody needs.',
      ko: '더 이상 필요하지 않은 보기를 삭제하십시오.',
    },
  },
  'contact-missing': {
    status: 409,
    text: {
      en: 'The directory names nobody who could be reached at {agency}.',
      ko: '기관 명부에 {agency}의 연락처가 없습니다.',
    },
    hint: {
      en: 'Fill in a contact in your copy of the directory; the notice then goes out by itself.',
      ko: '기관 명부 사본에 연락처를 입력하면 통지가 자동으로 발송됩니다.',
    },
  },
  'mail-not-set-up': {
    status: 409,
    text: { en: 'This desk has no mail server.', ko: '이 데스크에 메일 서버가 설정되어 있지 않습니다.' },
    hint: {
      en: 'Set mail.host and mail.from (docs/settings.md); the notice then goes out by itself.',
      ko: 'mail.host와 mail.from을 설정하면(docs/settings.md) 통지가 자동으로 발송됩니다.',
    },
  },
  'mail-unreachable': {
    status: 502,
    text: {
      en: 'The mail server {host} was not reached: {detail}',
      ko: '메일 서버 {host}에 연결하지 못하였습니다: {detail}',
    },
    hint: {
      en: 'Check the server and mail.* in the settings. The notice is tried again by itself.',
      ko: '서버와 mail.* 설정을 확인하십시오. 통지는 자동으로 다시 시도됩니다.',
    },
  },
  'mail-refused': {
    status: 502,
    text: {
      en: 'The mail server {host} refused the mail: {detail}',
      ko: '메일 서버 {host}에서 메일을 거부하였습니다: {detail}',
    },
    hint: {
      en: 'Check the recipient in the directory, and mail.user and mail.from in the settings.',
      ko: '기관 명부의 수신자와 설정의 mail.user, mail.from을 확인하십시오.',
    },
  },
  'webhook-unreachable': {
    status: 502,
    text: {
      en: 'The webhook at {host} was not reached: {detail}',
      ko: '{host}의 웹훅에 연결하지 못하였습니다: {detail}',
    },
    hint: {
      en: 'Check the address in the directory. The notice is tried again by itself.',
      ko: '기관 명부의 주소를 확인하십시오. 통지는 자동으로 다시 시도됩니다.',
    },
  },
  'webhook-refused': {
    status: 502,
    text: { en: 'The webhook at {host} answered {status}.', ko: '{host}의 웹훅 응답: {status}' },
    hint: {
      en: 'Ask whoever runs it; it must answer 2xx. The notice is tried again by itself.',
      ko: '운영자에게 문의하십시오. 2xx로 응답해야 합니다. 통지는 자동으로 다시 시도됩니다.',
    },
  },
  'webhook-address-wrong': {
    status: 409,
    text: { en: 'The webhook of {agency} is no https address.', ko: '{agency}의 웹훅 주소가 https 주소가 아닙니다.' },
    hint: {
      en: 'Correct it in your copy of the directory: https, or http on this machine alone.',
      ko: '기관 명부 사본에서 수정하십시오. https만 사용할 수 있으며, http는 같은 컴퓨터에서만 허용됩니다.',
    },
  },
  'desk-not-told': {
    status: 409,
    text: {
      en: 'Desk "{desk}" has not received the incident: {detail}',
      ko: '데스크 "{desk}"에 사건이 전달되지 않았습니다: {detail}',
    },
    hint: {
      en: 'Look at the partner’s page: what waits, what was refused, and why.',
      ko: '협력기관 화면에서 대기 또는 거부된 항목과 그 사유를 확인하십시오.',
    },
  },
  'not-acceptable': {
    status: 406,
    text: { en: 'This address answers only as {type}.', ko: '이 주소는 {type} 형식으로만 응답합니다.' },
    hint: { en: 'Send that media type in Accept.', ko: 'Accept 헤더에 해당 미디어 형식을 지정하십시오.' },
  },
  'media-type-unsupported': {
    status: 415,
    text: { en: 'This address accepts only {type}.', ko: '이 주소는 {type} 형식만 받습니다.' },
    hint: { en: 'Send that media type in Content-Type.', ko: 'Content-Type 헤더에 해당 미디어 형식을 지정하십시오.' },
  },
  'drill-running': {
    status: 409,
    text: { en: 'Exercise {id} has not ended yet.', ko: '훈련 {id}이(가) 아직 종료되지 않았습니다.' },
    hint: {
      en: 'End it first: gongjo drill end {id}. Its score stays.',
      ko: '먼저 종료하십시오: gongjo drill end {id}. 점수는 남습니다.',
    },
  },
  'drill-unknown': {
    status: 404,
    text: { en: 'There is no exercise {id} here.', ko: '훈련 {id}이(가) 없습니다.' },
    hint: { en: 'gongjo drill list shows those that were.', ko: 'gongjo drill list로 지난 훈련을 확인하십시오.' },
  },
  'drill-over': {
    status: 409,
    text: { en: 'Exercise {id} is over.', ko: '훈련 {id}은(는) 이미 종료되었습니다.' },
    hint: {
      en: 'Its score: gongjo drill status {id}. Begin another with gongjo drill start.',
      ko: '점수 확인: gongjo drill status {id}. 새 훈련은 gongjo drill start로 시작하십시오.',
    },
  },
  'drill-code-wrong': {
    status: 400,
    text: { en: 'This is no code of an exercise: {code}', ko: '훈련 참여 코드가 아닙니다: {code}' },
    hint: {
      en: 'Type it as the leading desk’s operator reads it, e.g. drill-7-1200-t98w4g-60-KR.US.',
      ko: '주관 데스크 운영자가 불러 주는 대로 입력하십시오(예: drill-7-1200-t98w4g-60-KR.US).',
    },
  },
  'drill-recording-unreadable': {
    status: 400,
    text: {
      en: 'The recording {folder} cannot be used: {detail}',
      ko: '기록 {folder}을(를) 사용할 수 없습니다: {detail}',
    },
    hint: {
      en: 'Name a folder that gongjo drill record made; to record, one that does not exist yet.',
      ko: 'gongjo drill record로 만든 폴더를 지정하십시오. 기록할 때에는 새 폴더를 지정하십시오.',
    },
  },
  'case-unknown': {
    status: 404,
    text: { en: 'There is no case {id} here.', ko: '수사 건 {id}을(를) 찾을 수 없습니다.' },
    hint: { en: 'gongjo case list names the cases.', ko: 'gongjo case list로 수사 건 목록을 확인하십시오.' },
  },
  'case-not-restricted': {
    status: 409,
    text: { en: 'The case {id} is not restricted.', ko: '수사 건 {id}에는 열람 제한이 설정되어 있지 않습니다.' },
    hint: {
      en: 'gongjo case restrict restricts it to its members.',
      ko: 'gongjo case restrict로 담당자만 열람하도록 제한할 수 있습니다.',
    },
  },
  'case-member-blind': {
    status: 409,
    text: {
      en: '{name} would not see the case {id}, which is marked {tlp}.',
      ko: '{name} 담당자는 {tlp} 등급인 수사 건 {id}을(를) 열람할 수 없습니다.',
    },
    hint: {
      en: 'Name somebody whose account is active, may read cases and is cleared for that marking: gongjo person list. Nothing was changed.',
      ko: '계정이 활성 상태이고 수사 건 읽기 권한과 해당 등급의 열람 권한이 있는 담당자를 지정하십시오(gongjo person list). 변경된 내용은 없습니다.',
    },
  },
  'case-member-last': {
    status: 409,
    text: {
      en: 'Nobody would see the case {id}.',
      ko: '수사 건 {id}을(를) 열람할 수 있는 담당자가 없게 됩니다.',
    },
    hint: {
      en: 'Name or admit somebody else, or lift the restriction.',
      ko: '다른 담당자를 지정하거나 열람 제한을 해제하십시오.',
    },
  },
  'case-fact-unknown': {
    status: 404,
    text: { en: 'The case has no fact {id}.', ko: '수사 건에 항목 {id}이(가) 없습니다.' },
    hint: { en: 'gongjo case show names its facts.', ko: 'gongjo case show로 항목을 확인하십시오.' },
  },
  'case-revision-unknown': {
    status: 409,
    text: {
      en: 'The change rests on revision {id}, which the fact does not have here.',
      ko: '변경의 기준인 버전 {id}이(가) 이 항목에 없습니다.',
    },
    hint: {
      en: 'Look at the fact again and name the revisions that stand.',
      ko: '항목을 다시 확인하고 현재 유효한 버전을 지정하십시오.',
    },
  },
  'case-revision-false': {
    status: 422,
    text: {
      en: 'The change of a fact {id} cannot be true: {detail}',
      ko: '항목 변경 {id}의 내용이 사실과 맞지 않습니다: {detail}',
    },
    hint: {
      en: 'It was kept as evidence and changed nothing. Ask the desk that sent it.',
      ko: '증적으로 보관하였으며 반영하지 않았습니다. 보낸 데스크에 문의하십시오.',
    },
  },
  'case-flag-by-act': {
    status: 409,
    text: {
      en: 'The fact is evidence already, or desks disagree about it.',
      ko: '이미 증거로 전환되었거나 데스크 간 내용이 일치하지 않는 항목입니다.',
    },
    hint: {
      en: 'Settle the conflict first; then turn it into evidence with its legal basis.',
      ko: '먼저 충돌을 정리한 뒤 법적 근거를 지정하여 증거로 전환하십시오.',
    },
  },
  'case-conflict': {
    status: 409,
    text: {
      en: 'Desks disagree about fact {id}.',
      ko: '항목 {id}에 대해 데스크 간 내용이 일치하지 않습니다.',
    },
    hint: {
      en: 'Settle it first with gongjo case settle, or name with --based what the change rests on.',
      ko: '먼저 gongjo case settle로 충돌을 정리하거나, --based로 변경의 기준이 되는 버전을 지정하십시오.',
    },
  },
  'case-full': {
    status: 409,
    text: { en: 'The case takes no more: {detail}', ko: '수사 건에 더 기록할 수 없습니다: {detail}' },
    hint: {
      en: 'Open another case for what comes, and note that the two belong together.',
      ko: '이후 내용은 새 수사 건을 개설하여 기록하고, 두 건이 관련되어 있음을 메모로 남기십시오.',
    },
  },
  'case-recalled': {
    status: 409,
    text: { en: 'Case {id} has been taken back.', ko: '수사 건 {id}은(는) 철회되었습니다.' },
    hint: {
      en: 'Open another case and offer that one.',
      ko: '새 수사 건을 개설하여 참여를 요청하십시오.',
    },
  },
  'case-document-unknown': {
    status: 404,
    text: {
      en: 'The bytes of document {sha256} are not at this desk.',
      ko: '문서 {sha256}의 원본이 이 데스크에 없습니다.',
    },
    hint: {
      en: 'A partner tells of its documents by hash; ask it for the file and add it here.',
      ko: '협력기관의 문서는 해시만 제공됩니다. 원본을 요청하여 이 데스크에 추가하십시오.',
    },
  },
  'partner-request-unknown': {
    status: 404,
    text: { en: 'There is no request {id} here.', ko: '요청 {id}을(를) 찾을 수 없습니다.' },
    hint: { en: 'gongjo request list names the requests.', ko: 'gongjo request list로 요청 목록을 확인하십시오.' },
  },
  'partner-request-false': {
    status: 422,
    text: {
      en: 'The event of a request {id} cannot be true: {detail}',
      ko: '요청 관련 통지 {id}의 내용이 사실과 맞지 않습니다: {detail}',
    },
    hint: {
      en: 'It was kept as evidence and changed nothing. Ask the desk that sent it.',
      ko: '증적으로 보관하였으며 반영하지 않았습니다. 보낸 데스크에 문의하십시오.',
    },
  },
  'partner-request-full': {
    status: 409,
    text: {
      en: 'The request has {limit} events of this desk, the most there can be.',
      ko: '이 요청에 대한 이 데스크의 처리 건수가 한도인 {limit}건에 도달하였습니다.',
    },
    hint: {
      en: 'Go on in a joint case, or with another request.',
      ko: '공동 수사 건 또는 새 요청으로 계속하십시오.',
    },
  },
  'partner-request-forbidden': {
    status: 409,
    text: {
      en: 'A request that is {state} takes no {event} from this desk.',
      ko: '현재 상태({state})의 요청에는 이 데스크에서 {event} 처리를 할 수 없습니다.',
    },
    hint: {
      en: 'gongjo request show lists what can be done now.',
      ko: 'gongjo request show로 현재 가능한 처리를 확인하십시오.',
    },
  },
  'hold-step-forbidden': {
    status: 409,
    text: {
      en: 'A hold request that is “{state}” cannot be “{event}”.',
      ko: '‘{state}’ 상태의 동결 요청에는 ‘{event}’ 처리를 할 수 없습니다.',
    },
    hint: {
      en: 'Look at what happened to it, or draft another request.',
      ko: '처리 이력을 확인하거나 새 요청을 기안하십시오.',
    },
  },
  'hold-value-unknown': {
    status: 404,
    text: {
      en: 'Nothing of this incident is known to stand at {where}.',
      ko: '{where}에서 이 사건의 자산이 확인되지 않습니다.',
    },
    hint: {
      en: 'Name an alert of the incident, or an address at which its trace ends.',
      ko: '사건의 경보 또는 추적이 끝난 주소를 지정하십시오.',
    },
  },
  'hold-addressee-unknown': {
    status: 409,
    text: {
      en: 'The directory has nobody to ask for {where}.',
      ko: '{where}에 대하여 요청할 대상이 기관 명부에 없습니다.',
    },
    hint: {
      en: 'Name an exchange or an issuer of the directory as addressee, or add it first: gongjo directory put FILE.',
      ko: '기관 명부의 거래소나 발행사를 수신처로 지정하거나 먼저 명부에 추가하십시오: gongjo directory put 파일',
    },
  },
  'hold-not-complete': {
    status: 422,
    text: {
      en: '{addressee} requires what this request does not have: {missing}.',
      ko: '{addressee}에서 요구하는 다음 항목이 이 요청에 없습니다: {missing}.',
    },
    hint: {
      en: 'Fill in what is missing, and have the request approved again.',
      ko: '누락된 항목을 보완한 후 다시 결재를 받으십시오.',
    },
  },
  'hold-not-approvable': {
    status: 422,
    text: {
      en: 'The request lacks what its letter must say: {missing}.',
      ko: '공문에 반드시 기재하여야 하는 다음 항목이 없습니다: {missing}.',
    },
    hint: { en: 'Change the draft first.', ko: '먼저 기안을 수정하십시오.' },
  },
  'hold-second-person': {
    status: 403,
    text: {
      en: '{person} drafted or changed this request or has approved it already; another person must approve it.',
      ko: '{person}은(는) 이 요청을 기안하거나 수정하였거나 이미 결재하였으므로 다른 사람이 결재하여야 합니다.',
    },
    hint: {
      en: 'Ask a second person to approve it. How many are needed is the setting holds.approvals.',
      ko: '다른 사람에게 결재를 요청하십시오. 필요한 인원은 설정 holds.approvals로 정합니다.',
    },
  },
  'hold-changed': {
    status: 409,
    text: {
      en: 'The request was changed since it was shown to you.',
      ko: '화면에 표시된 이후 요청이 변경되었습니다.',
    },
    hint: { en: 'Read it again and approve what it says now.', ko: '변경된 내용을 다시 확인한 후 결재하십시오.' },
  },
  'hold-marking-changed': {
    status: 409,
    text: {
      en: 'The incident was marked {tlp} after the letters were approved; they carry another marking.',
      ko: '공문 결재 이후 사건의 표시 등급이 {tlp}(으)로 변경되어 공문의 표시와 다릅니다.',
    },
    hint: {
      en: 'Change the request, so that its letters are made anew, and have it approved again.',
      ko: '요청을 수정하여 공문을 다시 작성한 후 다시 결재를 받으십시오.',
    },
  },
  'hold-amount-wrong': {
    status: 400,
    text: {
      en: 'The amount of {asset} is more than was asked for, or it was not asked for at all.',
      ko: '{asset}의 수량이 요청한 수량을 초과하거나 요청하지 않은 자산입니다.',
    },
    hint: {
      en: 'Enter what is held of each asset asked for, in its smallest unit.',
      ko: '요청한 자산별로 동결된 수량을 최소 단위로 입력하십시오.',
    },
  },
  'hold-time-wrong': {
    status: 400,
    text: {
      en: 'The time {at} does not fit: {detail}.',
      ko: '시각 {at}이(가) 맞지 않습니다: {detail}.',
    },
    hint: { en: 'Correct the time and send it again.', ko: '시각을 수정한 후 다시 보내 주십시오.' },
  },
  'hold-way-missing': {
    status: 409,
    text: {
      en: 'The directory has no {way} for {addressee}.',
      ko: '기관 명부에 {addressee}의 연락 수단({way})이 없습니다.',
    },
    hint: {
      en: 'Send it another way, or complete the directory and draft the request anew.',
      ko: '다른 수단으로 보내거나, 기관 명부를 보완한 후 요청을 다시 작성하십시오.',
    },
  },
  'hold-document-damaged': {
    status: 500,
    text: {
      en: 'The document {name} is not what was approved; nothing was sent.',
      ko: '문서 {name}이(가) 결재된 내용과 달라 발송하지 않았습니다.',
    },
    hint: {
      en: 'Look at the records’ store; draft the request again.',
      ko: '기록 저장소를 점검하고 요청을 다시 기안하십시오.',
    },
  },
  'hold-file-differs': {
    status: 422,
    text: {
      en: 'The file {name} that arrived is not the one that was sent: its SHA-256 is {found}, not {wanted}.',
      ko: '도착한 파일 {name}이(가) 보낸 파일과 다릅니다(SHA-256 {found}, 보낸 쪽 값 {wanted}).',
    },
    hint: {
      en: 'Nothing was kept. Send the file again.',
      ko: '보관하지 않았습니다. 파일을 다시 보내 주십시오.',
    },
  },
  'hold-file-empty': {
    status: 400,
    text: { en: 'The file {name} is empty.', ko: '파일 {name}에 내용이 없습니다.' },
    hint: { en: 'Choose the file again.', ko: '파일을 다시 선택하십시오.' },
  },
  'hold-file-too-large': {
    status: 413,
    text: {
      en: 'The file {name} has {bytes} bytes; this desk takes {limit} at most.',
      ko: '파일 {name}의 크기가 {bytes}바이트로 이 데스크의 한도인 {limit}바이트를 초과합니다.',
    },
    hint: {
      en: 'Split it, or have the operator raise holds.fileBytes.',
      ko: '파일을 나누거나 운영자에게 설정 holds.fileBytes의 상향을 요청하십시오.',
    },
  },
  'hold-file-known': {
    status: 409,
    text: {
      en: 'These very bytes are at this request already, as {name}, since {at}.',
      ko: '동일한 파일이 이 요청에 {name}(으)로 이미 접수되어 있습니다({at}).',
    },
    hint: {
      en: 'Nothing was kept a second time.',
      ko: '중복하여 보관하지 않았습니다.',
    },
  },
  'hold-files-full': {
    status: 409,
    text: {
      en: 'The request has {limit} files, the most there can be.',
      ko: '이 요청의 회신 자료가 한도인 {limit}건에 도달하였습니다.',
    },
    hint: {
      en: 'Put several files into one archive.',
      ko: '여러 파일을 하나의 압축 파일로 묶어 접수하십시오.',
    },
  },
  'hold-file-damaged': {
    status: 500,
    text: {
      en: 'The file {name} is not what was received any more; it is not given out.',
      ko: '파일 {name}이(가) 접수 당시와 달라 제공하지 않습니다.',
    },
    hint: {
      en: 'Look at the records’ store, and take the file from a backup.',
      ko: '기록 저장소를 점검하고 백업에서 파일을 복구하십시오.',
    },
  },
  'hold-answer-false': {
    status: 422,
    text: {
      en: 'What was told of hold request {id} cannot be true: {detail}.',
      ko: '동결 요청 {id}에 관한 통지가 사실과 맞지 않습니다: {detail}.',
    },
    hint: {
      en: 'It was kept as evidence and changed nothing. Ask the desk that sent it.',
      ko: '증적으로 보관하였으며 반영하지 않았습니다. 보낸 데스크에 문의하십시오.',
    },
  },
  'holds-asked-full': {
    status: 409,
    text: {
      en: 'The desk keeps {limit} hold requests of one partner that have not come to an end, the most there can be.',
      ko: '이 데스크에서 협력기관 한 곳의 종결되지 않은 동결 요청을 보관하는 한도인 {limit}건에 도달하였습니다.',
    },
    hint: {
      en: 'Withdraw what is not needed any more, or send the request another way.',
      ko: '더 이상 필요하지 않은 요청을 철회하거나 다른 수단으로 요청을 보내십시오.',
    },
  },
  'hold-desk-not-paired': {
    status: 409,
    text: {
      en: 'The addressee’s desk {desk} is no partner of this desk.',
      ko: '수신 기관의 데스크 {desk}은(는) 이 데스크의 협력기관이 아닙니다.',
    },
    hint: {
      en: 'Pair with it, or send the request another way.',
      ko: '해당 데스크를 협력기관으로 등록하거나 다른 수단으로 보내십시오.',
    },
  },
  'hold-desk-has-it': {
    status: 409,
    text: {
      en: 'The addressee’s desk {desk} has this request: its signed receipts say so.',
      ko: '수신 기관의 데스크 {desk}에 이미 이 요청이 접수되었으며, 전자서명된 수령 확인이 있습니다.',
    },
    hint: {
      en: 'Send it another way as well, or change it and have it approved again.',
      ko: '다른 수단으로도 보내거나, 요청을 수정하여 다시 결재를 받으십시오.',
    },
  },
  'hold-desk-kept': {
    status: 409,
    text: {
      en: 'Policy has not let the request go to {desk}: {detail}',
      ko: '정책에 따라 요청이 {desk}에 제공되지 않았습니다: {detail}',
    },
    hint: {
      en: 'Where persons have to approve, it waits on the page of approvals and goes once they have; otherwise send it another way.',
      ko: '승인이 필요한 경우 승인 화면에서 승인하면 전송됩니다. 그렇지 않으면 다른 수단으로 보내십시오.',
    },
  },
  'hold-desk-waiting': {
    status: 503,
    text: {
      en: 'Desk {desk} does not have all of the request yet: {detail}',
      ko: '{desk} 데스크에 요청이 아직 모두 전달되지 않았습니다: {detail}',
    },
    hint: {
      en: 'It is carried on. In a hurry, send it another way as well.',
      ko: '전송을 계속합니다. 긴급한 경우 다른 수단으로도 보내십시오.',
    },
  },
  'hold-desk-refused': {
    status: 409,
    text: {
      en: 'Desk {desk} has refused it: {detail}',
      ko: '{desk} 데스크에서 거절하였습니다: {detail}',
    },
    hint: {
      en: 'Look at the partner’s page, and send it another way meanwhile.',
      ko: '협력기관 화면에서 내용을 확인하고 우선 다른 수단으로 보내십시오.',
    },
  },
  'letter-template-invalid': {
    status: 500,
    text: {
      en: 'The letter template {file} cannot be used: {detail}',
      ko: '공문 서식 {file}을(를) 사용할 수 없습니다: {detail}',
    },
    hint: {
      en: 'Correct the file, or take it away to use the shipped one.',
      ko: '파일을 수정하거나, 기본 서식을 사용하려면 파일을 삭제하십시오.',
    },
  },
  'letter-versions-differ': {
    status: 500,
    text: {
      en: 'The English and the Korean letter do not say the same: {detail}',
      ko: '영문 서한과 국문 공문의 내용이 일치하지 않습니다: {detail}',
    },
    hint: {
      en: 'Correct the templates so that both name the same fields.',
      ko: '두 서식이 같은 항목을 포함하도록 수정하십시오.',
    },
  },
  'letter-certificate-invalid': {
    status: 500,
    text: {
      en: 'The certificate {file} for letters cannot be used: {detail}',
      ko: '공문 전자서명 인증서 {file}을(를) 사용할 수 없습니다: {detail}',
    },
    hint: {
      en: 'Set letters.certificate to a PKCS#12 file that holds one private key and its certificate, and letters.passwordFile to its password.',
      ko: '개인키와 인증서가 든 PKCS#12 파일을 letters.certificate에, 그 비밀번호 파일을 letters.passwordFile에 지정하십시오.',
    },
  },
  'audit-entry-unknown': {
    status: 404,
    text: { en: 'The record holds no entry {seq}.', ko: '감사 기록에 {seq}번 항목이 없습니다.' },
    hint: {
      en: 'gongjo audit list shows the newest entries with their numbers.',
      ko: 'gongjo audit list로 최근 항목과 번호를 확인하십시오.',
    },
  },
  'contradiction-unknown': {
    status: 404,
    text: {
      en: 'There is no open contradiction {id} of a record.',
      ko: '처리되지 않은 감사 기록 모순 {id}을(를) 찾을 수 없습니다.',
    },
    hint: {
      en: 'gongjo audit witnesses lists those that nobody has dealt with.',
      ko: 'gongjo audit witnesses로 아직 처리하지 않은 모순을 확인하십시오.',
    },
  },
  'audit-contradicted': {
    status: 409,
    text: {
      en: '{desk} holds a checkpoint of this desk’s audit record, of {held} entries, that the record of now does not continue.',
      ko: '{desk}이(가) 보관한 이 데스크의 감사 기록 검증점(항목 {held}건)과 현재 기록이 이어지지 않습니다.',
    },
    hint: {
      en: 'Find out who changed or restored the database; tell the partner. It accepts the new record with gongjo audit accept.',
      ko: '데이터베이스를 변경하거나 복원한 경위를 확인하고 협력기관에 알리십시오. 협력기관이 gongjo audit accept로 새 기록을 승인하여야 합니다.',
    },
  },
  'audit-not-witnessed': {
    status: 502,
    text: {
      en: '{desk} did not witness this desk’s audit record: {detail}',
      ko: '{desk}이(가) 이 데스크의 감사 기록을 입회 확인하지 않았습니다: {detail}',
    },
    hint: {
      en: 'It is asked again by itself. A partner of an older version cannot witness.',
      ko: '자동으로 다시 요청합니다. 이전 버전을 사용하는 협력기관은 입회 확인을 할 수 없습니다.',
    },
  },
  'evidence-faulty': {
    status: 500,
    text: {
      en: 'The evidence package does not verify and is not handed out: {file}: {detail}',
      ko: '증거 패키지가 자체 검증을 통과하지 못하여 제공하지 않습니다: {file}: {detail}',
    },
    hint: {
      en: 'The ledger or the record of the desk is damaged: run gongjo audit verify, and import the chain again.',
      ko: '데스크의 원장이나 감사 기록이 손상되었습니다. gongjo audit verify를 실행하고 체인 데이터를 다시 불러오십시오.',
    },
  },
  'evidence-unreadable': {
    status: 400,
    text: { en: '{file} cannot be read: {detail}', ko: '{file}을(를) 읽을 수 없습니다: {detail}' },
    hint: {
      en: 'Name an evidence package of at most 512 MB that gongjo evidence make wrote.',
      ko: 'gongjo evidence make로 작성한 512MB 이하의 증거 패키지를 지정하십시오.',
    },
  },
  'desk-not-answering': {
    status: 500,
    text: {
      en: 'The desk that owns {folder} does not answer: {detail}',
      ko: '{folder}을(를) 사용하는 데스크가 응답하지 않습니다: {detail}',
    },
    hint: {
      en: 'Look at its log, or stop it and repeat the command.',
      ko: '해당 데스크의 로그를 확인하거나 종료한 후 다시 실행하십시오.',
    },
  },
  internal: {
    status: 500,
    text: {
      en: 'Something failed inside the desk (reference {reference}).',
      ko: '데스크 내부에서 오류가 발생하였습니다(참조 번호 {reference}).',
    },
    hint: {
      en: 'Nothing half-done was kept. The log holds the details under that reference.',
      ko: '완료되지 않은 작업은 저장되지 않았습니다. 자세한 내용은 로그에서 해당 참조 번호로 확인하십시오.',
    },
  },
} as const satisfies Record<string, Entry>;

export type ProblemCode = keyof typeof problems;
export const problemCodes = Object.keys(problems) as [ProblemCode, ...ProblemCode[]];

/** A problem on the wire (after RFC 9457): stable code, text and advice in both languages. */
export const zProblem = z.object({ code: z.enum(problemCodes), status: z.int(), text: zText, hint: zText });
export type Problem = z.infer<typeof zProblem>;

/** What fills a problem's placeholders; a text is said in each language by its own words. */
export type ProblemValues = Readonly<Record<string, string | number | Text>>;

export function problem(code: ProblemCode, values: ProblemValues = {}): Problem {
  const { status, text, hint } = problems[code];
  const said = (language: Language) =>
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, typeof value === 'object' ? value[language] : value]),
    );
  const [en, ko] = [said('en'), said('ko')];
  return {
    code,
    status,
    text: { en: fill(text.en, en), ko: fill(text.ko, ko) },
    hint: { en: fill(hint.en, en), ko: fill(hint.ko, ko) },
  };
}
