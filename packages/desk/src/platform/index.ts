export { type Clock, systemClock } from './clock.ts';
export { type Columns, openColumns } from './columns.store.ts';
export { createFeed, type Feed } from './feed.ts';
export { type DeskKeys, fingerprintOf, type Keyring, keyIdOf, openKeys } from './keys.store.ts';
export { acquireLock, type Lock, type Owner, ownerOf } from './lock.store.ts';
export { createLog, type Log, silentLog } from './log.ts';
export { isLoopback } from './loopback.ts';
export { type Random, sha256Hex, systemRandom } from './random.ts';
export { readWithin } from './reader.store.ts';
export { type Reader, readerSchema } from './reader.ts';
export { settleReading } from './reading.store.ts';
export { asOwner, bySeen, type Reading, type TableRule, within, withinRank } from './reading.ts';
export { type Db, migrate, openRecords, type Records, type Schema } from './records.store.ts';
export { openSecret } from './secret.store.ts';
export { keepIdentity, readIdentity, readSettings, readYaml, type SettingsTree } from './settings.store.ts';
export {
  type FeedSettings,
  type HoldSettings,
  type Identity,
  type LetterSettings,
  type MailSettings,
  type PeopleSettings,
  type Settings,
  type Source,
  zSource,
} from './settings.ts';
export { refreshStatistics } from './statistics.store.ts';
export { writeWhole } from './whole-file.store.ts';
export { startWorker, type Worker } from './worker.ts';
