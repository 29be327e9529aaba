export { taxiiType } from './media.ts';
export {
  type Collection,
  type Collections,
  type Status,
  type StatusDetail,
  type TaxiiRequest,
  type TaxiiResponse,
  taxiiBodyBytesMax,
} from './model.ts';
export { apiRoot, inboxId, inboxPath, outboxId, taxiiRoot } from './paths.ts';
export { taxiiError } from './resources.ts';
export { respond } from './respond.ts';
