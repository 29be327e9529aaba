import { z } from 'zod';
import { zRefTo } from '../id.ts';
import { zExtensions, zObservable } from './object.ts';
import { dictionaryOf, listOf, oneOf, under, zCount, zHashes, zInteger, zName, zTexts, zTimestamp } from './values.ts';

/** Observables of a computer: STIX 2.1 sections 6.11, 6.13, 6.14 and 6.16 to 6.18. */

/** Section 6.11. */
export const zMutex = zObservable.extend({ type: z.literal('mutex'), name: zName });

const windowsProcess = {
  aslr_enabled: z.boolean().optional(),
  dep_enabled: z.boolean().optional(),
  priority: z.string().optional(),
  owner_sid: z.string().optional(),
  window_title: z.string().optional(),
  startup_info: dictionaryOf(z.unknown()).optional(),
  /** Section 10.26. */
  integrity_level: z.enum(['low', 'medium', 'high', 'system']).optional(),
};

/** Sections 6.13.3 and 10.28 to 10.30. */
const windowsService = {
  service_name: z.string().optional(),
  descriptions: zTexts.optional(),
  display_name: z.string().optional(),
  group_name: z.string().optional(),
  start_type: z
    .enum([
      'SERVICE_AUTO_START',
      'SERVICE_BOOT_START',
      'SERVICE_DEMAND_START',
      'SERVICE_DISABLED',
      'SERVICE_SYSTEM_ALERT',
    ])
    .optional(),
  service_dll_refs: listOf(zRefTo('file')).optional(),
  service_type: z
    .enum([
      'SERVICE_KERNEL_DRIVER',
      'SERVICE_FILE_SYSTEM_DRIVER',
      'SERVICE_WIN32_OWN_PROCESS',
      'SERVICE_WIN32_SHARE_PROCESS',
    ])
    .optional(),
  service_status: z
    .enum([
      'SERVICE_CONTINUE_PENDING',
      'SERVICE_PAUSE_PENDING',
      'SERVICE_PAUSED',
      'SERVICE_RUNNING',
      'SERVICE_START_PENDING',
      'SERVICE_STOP_PENDING',
      'SERVICE_STOPPED',
    ])
    .optional(),
};

const process = {
  is_hidden: z.boolean().optional(),
  pid: zInteger.optional(),
  created_time: zTimestamp.optional(),
  cwd: z.string().optional(),
  command_line: z.string().optional(),
  environment_variables: dictionaryOf(z.string()).optional(),
  opened_connection_refs: listOf(zRefTo('network-traffic')).optional(),
  creator_user_ref: zRefTo('user-account').optional(),
  image_ref: zRefTo('file').optional(),
  parent_ref: zRefTo('process').optional(),
  child_refs: listOf(zRefTo('process')).optional(),
  extensions: zExtensions
    .and(
      z.looseObject({
        'windows-process-ext': under(z.looseObject(windowsProcess), oneOf(...Object.keys(windowsProcess))).optional(),
        'windows-service-ext': under(z.looseObject(windowsService), oneOf(...Object.keys(windowsService))).optional(),
      }),
    )
    .optional(),
};

/** Section 6.13. */
export const zProcess = under(
  zObservable.extend({ type: z.literal('process'), ...process }),
  oneOf(...Object.keys(process)),
);

/** Section 6.14. */
export const zSoftware = zObservable.extend({
  type: z.literal('software'),
  name: zName,
  cpe: z.string().optional(),
  swid: z.string().optional(),
  languages: zTexts.optional(),
  vendor: z.string().optional(),
  version: z.string().optional(),
});

const unixAccount = {
  gid: zInteger.optional(),
  groups: zTexts.optional(),
  home_dir: z.string().optional(),
  shell: z.string().optional(),
};

const userAccount = {
  user_id: z.string().optional(),
  credential: z.string().optional(),
  account_login: z.string().optional(),
  account_type: z.string().optional(),
  display_name: z.string().optional(),
  is_service_account: z.boolean().optional(),
  is_privileged: z.boolean().optional(),
  can_escalate_privs: z.boolean().optional(),
  is_disabled: z.boolean().optional(),
  account_created: zTimestamp.optional(),
  account_expires: zTimestamp.optional(),
  credential_last_changed: zTimestamp.optional(),
  account_first_login: zTimestamp.optional(),
  account_last_login: zTimestamp.optional(),
  extensions: zExtensions
    .and(
      z.looseObject({
        'unix-account-ext': under(z.looseObject(unixAccount), oneOf(...Object.keys(unixAccount))).optional(),
      }),
    )
    .optional(),
};

/** Section 6.16. */
export const zUserAccount = under(
  zObservable.extend({ type: z.literal('user-account'), ...userAccount }),
  oneOf(...Object.keys(userAccount)),
);

/** Sections 6.17.2 and 10.27. */
const registryValue = {
  name: z.string().optional(),
  data: z.string().optional(),
  data_type: z
    .enum([
      'REG_NONE',
      'REG_SZ',
      'REG_EXPAND_SZ',
      'REG_BINARY',
      'REG_DWORD',
      'REG_DWORD_BIG_ENDIAN',
      'REG_DWORD_LITTLE_ENDIAN',
      'REG_LINK',
      'REG_MULTI_SZ',
      'REG_RESOURCE_LIST',
      'REG_FULL_RESOURCE_DESCRIPTION',
      'REG_RESOURCE_REQUIREMENTS_LIST',
      'REG_QWORD',
      'REG_INVALID_TYPE',
    ])
    .optional(),
};

const registryKey = {
  key: z.string().optional(),
  values: listOf(under(z.looseObject(registryValue), oneOf(...Object.keys(registryValue)))).optional(),
  modified_time: zTimestamp.optional(),
  creator_user_ref: zRefTo('user-account').optional(),
  number_of_subkeys: zCount.optional(),
};

/** Section 6.17. */
export const zRegistryKey = under(
  zObservable.extend({ type: z.literal('windows-registry-key'), ...registryKey }),
  oneOf(...Object.keys(registryKey)),
);

const certificate = {
  is_self_signed: z.boolean().optional(),
  hashes: zHashes.optional(),
  version: z.string().optional(),
  serial_number: z.string().optional(),
  signature_algorithm: z.string().optional(),
  issuer: z.string().optional(),
  validity_not_before: zTimestamp.optional(),
  validity_not_after: zTimestamp.optional(),
  subject: z.string().optional(),
  subject_public_key_algorithm: z.string().optional(),
  subject_public_key_modulus: z.string().optional(),
  subject_public_key_exponent: zInteger.optional(),
  /** Section 6.18.2. */
  x509_v3_extensions: dictionaryOf(z.string()).optional(),
};

/** Section 6.18. */
export const zCertificate = under(
  zObservable.extend({ type: z.literal('x509-certificate'), ...certificate }),
  oneOf(...Object.keys(certificate)),
);
