import type { Text } from '@gongjo/contract';

/** Texts of `gongjo taxii` in both languages. */
export const taxiiTexts = {
  taxii: {
    en: 'the TAXII 2.1 server for any tool: its collections and accounts, and feeds from and to other servers',
    ko: '모든 도구에서 쓸 수 있는 TAXII 2.1 서버의 컬렉션과 계정, 다른 서버와의 피드를 관리합니다',
  },
  taxiiCollection: { en: 'collections that accounts read and write', ko: '계정이 읽고 쓰는 컬렉션을 관리합니다' },
  taxiiCollectionAdd: {
    en: 'make a collection; policy decides what of its selection it may hold',
    ko: '컬렉션을 만듭니다. 선택한 객체 가운데 정책이 허용하는 것만 담습니다',
  },
  taxiiCollectionList: { en: 'list the collections', ko: '컬렉션 목록을 표시합니다' },
  taxiiCollectionShow: { en: 'show one collection', ko: '컬렉션 하나를 표시합니다' },
  taxiiCollectionRemove: {
    en: 'remove a collection; nobody can read it any more',
    ko: '컬렉션을 삭제합니다. 이후에는 아무도 읽을 수 없습니다',
  },
  taxiiAccount: { en: 'accounts of programs and people', ko: '프로그램과 사용자의 계정을 관리합니다' },
  taxiiAccountAdd: {
    en: 'add an account; its secret is shown once',
    ko: '계정을 추가합니다. 비밀값은 한 번만 표시됩니다',
  },
  taxiiAccountList: { en: 'list the accounts and their rights', ko: '계정과 권한 목록을 표시합니다' },
  taxiiAccountRemove: { en: 'remove an account', ko: '계정을 삭제합니다' },
  taxiiAccountGrant: {
    en: 'let an account read or write a collection',
    ko: '계정에 컬렉션 읽기 또는 쓰기 권한을 부여합니다',
  },
  taxiiAccountRevoke: { en: 'take an account’s rights in a collection', ko: '계정의 컬렉션 권한을 회수합니다' },
  taxiiFeed: { en: 'other TAXII servers, named in the settings', ko: '설정에 지정된 다른 TAXII 서버를 관리합니다' },
  taxiiFeedList: { en: 'list the feeds and how they are doing', ko: '피드 목록과 상태를 표시합니다' },
  taxiiFeedPull: { en: 'run a feed now', ko: '피드를 지금 실행합니다' },
  taxiiAlias: { en: 'name of the collection, e.g. kr-us', ko: '컬렉션 이름(예: kr-us)' },
  taxiiName: { en: 'name of the account', ko: '계정 이름' },
  taxiiFeedName: { en: 'name of the feed', ko: '피드 이름' },
  taxiiTitleEn: { en: 'title in English', ko: '영문 제목' },
  taxiiTitleKo: { en: 'title in Korean', ko: '국문 제목' },
  taxiiDescriptionEn: { en: 'description in English', ko: '영문 설명' },
  taxiiDescriptionKo: { en: 'description in Korean', ko: '국문 설명' },
  taxiiTypes: { en: 'only objects of this type (repeatable)', ko: '이 유형의 객체만 담습니다(여러 번 지정 가능)' },
  taxiiOrigins: {
    en: 'only objects from here: a desk, account:NAME, feed:NAME or file:LABEL (repeatable)',
    ko: '이 출처의 객체만 담습니다: 데스크, account:이름, feed:이름, file:라벨(여러 번 지정 가능)',
  },
  taxiiIncidents: {
    en: 'only objects of this incident (repeatable)',
    ko: '이 사건의 객체만 담습니다(여러 번 지정 가능)',
  },
  taxiiUnmarked: {
    en: 'level that additions without a marking get; default: they are refused',
    ko: '표시 없이 추가된 객체에 부여할 등급(기본값: 거부)',
  },
  taxiiAgreement: { en: 'agreement under which its readers get it', ko: '제공 근거가 되는 협정' },
  taxiiRoles: {
    en: 'role of its readers, e.g. police (repeatable)',
    ko: '읽는 기관의 역할(예: police, 여러 번 지정 가능)',
  },
  taxiiCommunities: {
    en: 'community of its readers, e.g. kr-us (repeatable)',
    ko: '읽는 기관의 공동체(예: kr-us, 여러 번 지정 가능)',
  },
  taxiiMarkFloor: { en: 'least strict level that its copies carry', ko: '사본에 붙일 최소 표시 등급' },
  taxiiExpires: { en: 'when it ends, e.g. 2027-01-31T00:00:00Z', ko: '만료 시각(예: 2027-01-31T00:00:00Z)' },
  taxiiRead: { en: 'may read', ko: '읽기 허용' },
  taxiiWrite: { en: 'may add objects', ko: '객체 추가 허용' },
  taxiiCollectionAdded: {
    en: 'Collection {alias}: {path}\nGive accounts rights in it: gongjo taxii account grant NAME {alias} --read',
    ko: '컬렉션 {alias}: {path}\n계정에 권한을 부여하십시오: gongjo taxii account grant 이름 {alias} --read',
  },
  taxiiAccountAdded: {
    en: 'Account {name}\nSecret: {secret}\nIt is not shown again. With HTTP Basic it is the password, otherwise the bearer token.',
    ko: '계정 {name}\n비밀값: {secret}\n다시 표시되지 않습니다. HTTP Basic에서는 비밀번호로, 그 밖에는 Bearer 토큰으로 사용하십시오.',
  },
  taxiiRemoved: { en: 'Removed: {name}', ko: '삭제하였습니다: {name}' },
  taxiiRightSet: { en: '{name} in {collection}: {right}', ko: '{collection}에서 {name}의 권한: {right}' },
  taxiiFeedRan: {
    en: '{name}: {admitted} admitted, {refused} refused, {sent} sent',
    ko: '{name}: 반입 {admitted}건, 거부 {refused}건, 전송 {sent}건',
  },
  columnAlias: { en: 'name', ko: '이름' },
  columnReadable: { en: 'readable', ko: '공개' },
  columnRights: { en: 'rights', ko: '권한' },
  columnExpires: { en: 'expires', ko: '만료' },
  columnAdmitted: { en: 'admitted', ko: '반입' },
} as const satisfies Readonly<Record<string, Text>>;
