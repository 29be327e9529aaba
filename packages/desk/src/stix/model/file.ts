import { z } from 'zod';
import { zRefTo, zStixId } from '../id.ts';
import { zExtensions, zObservable } from './object.ts';
import {
  dictionaryOf,
  goesWith,
  listOf,
  notBoth,
  oneOf,
  under,
  zBinary,
  zCount,
  zHashes,
  zHex,
  zInteger,
  zName,
  zTexts,
  zTimestamp,
} from './values.ts';

/** Observables that are files or hold them: STIX 2.1 sections 6.1, 6.3 and 6.7. */

const times = { ctime: zTimestamp.optional(), mtime: zTimestamp.optional(), atime: zTimestamp.optional() };

/** Sections 6.1 and 10.4. */
export const zArtifact = under(
  zObservable.extend({
    type: z.literal('artifact'),
    mime_type: z.string().optional(),
    payload_bin: zBinary.optional(),
    url: z.string().optional(),
    hashes: zHashes.optional(),
    encryption_algorithm: z.enum(['AES-256-GCM', 'ChaCha20-Poly1305', 'mime-type-indicated']).optional(),
    decryption_key: z.string().optional(),
  }),
  oneOf('payload_bin', 'url'),
  notBoth('payload_bin', 'url'),
  goesWith('url', 'hashes'),
  goesWith('decryption_key', 'encryption_algorithm'),
);

/** Section 6.3. */
export const zDirectory = zObservable.extend({
  type: z.literal('directory'),
  path: zName,
  path_enc: z.string().optional(),
  ...times,
  contains_refs: listOf(zRefTo('file', 'directory')).optional(),
});

/** Section 6.7.2. */
const zArchive = z.looseObject({ contains_refs: listOf(zRefTo('file', 'directory')), comment: z.string().optional() });

/** Section 6.7.3. */
const zNtfs = under(
  z.looseObject({
    sid: z.string().optional(),
    alternate_data_streams: listOf(
      z.looseObject({ name: zName, hashes: zHashes.optional(), size: zCount.optional() }),
    ).optional(),
  }),
  oneOf('sid', 'alternate_data_streams'),
);

/** Section 6.7.4. */
const zPdf = under(
  z.looseObject({
    version: z.string().optional(),
    is_optimized: z.boolean().optional(),
    document_info_dict: dictionaryOf(z.string()).optional(),
    pdfid0: z.string().optional(),
    pdfid1: z.string().optional(),
  }),
  oneOf('version', 'is_optimized', 'document_info_dict', 'pdfid0', 'pdfid1'),
);

/** Section 6.7.5. */
const zRasterImage = under(
  z.looseObject({
    image_height: zInteger.optional(),
    image_width: zInteger.optional(),
    bits_per_pixel: zInteger.optional(),
    exif_tags: dictionaryOf(z.unknown()).optional(),
  }),
  oneOf('image_height', 'image_width', 'bits_per_pixel', 'exif_tags'),
);

/** Section 6.7.6.2. */
const optionalHeader = {
  magic_hex: zHex,
  major_linker_version: zInteger,
  minor_linker_version: zInteger,
  size_of_code: zCount,
  size_of_initialized_data: zCount,
  size_of_uninitialized_data: zCount,
  address_of_entry_point: zInteger,
  base_of_code: zInteger,
  base_of_data: zInteger,
  image_base: zInteger,
  section_alignment: zInteger,
  file_alignment: zInteger,
  major_os_version: zInteger,
  minor_os_version: zInteger,
  major_image_version: zInteger,
  minor_image_version: zInteger,
  major_subsystem_version: zInteger,
  minor_subsystem_version: zInteger,
  win32_version_value_hex: zHex,
  size_of_image: zCount,
  size_of_headers: zCount,
  checksum_hex: zHex,
  subsystem_hex: zHex,
  dll_characteristics_hex: zHex,
  size_of_stack_reserve: zCount,
  size_of_stack_commit: zCount,
  size_of_heap_reserve: zCount,
  size_of_heap_commit: zCount,
  loader_flags_hex: zHex,
  number_of_rva_and_sizes: zInteger,
  hashes: zHashes,
};

/** Section 6.7.6. */
const zWindowsBinary = z.looseObject({
  pe_type: zName,
  imphash: z.string().optional(),
  machine_hex: zHex.optional(),
  number_of_sections: zCount.optional(),
  time_date_stamp: zTimestamp.optional(),
  pointer_to_symbol_table_hex: zHex.optional(),
  number_of_symbols: zCount.optional(),
  size_of_optional_header: zCount.optional(),
  characteristics_hex: zHex.optional(),
  file_header_hashes: zHashes.optional(),
  optional_header: under(z.looseObject(optionalHeader).partial(), oneOf(...Object.keys(optionalHeader))).optional(),
  sections: listOf(
    z.looseObject({
      name: zName,
      size: zCount.optional(),
      entropy: z.number().optional(),
      hashes: zHashes.optional(),
    }),
  ).optional(),
});

/** Section 6.7. */
export const zFile = under(
  zObservable.extend({
    type: z.literal('file'),
    hashes: zHashes.optional(),
    size: zCount.optional(),
    name: zName.optional(),
    name_enc: z.string().optional(),
    magic_number_hex: zHex.optional(),
    mime_type: z.string().optional(),
    ...times,
    parent_directory_ref: zRefTo('directory').optional(),
    contains_refs: listOf(zStixId).optional(),
    content_ref: zRefTo('artifact').optional(),
    extensions: zExtensions
      .and(
        z.looseObject({
          'archive-ext': zArchive.optional(),
          'ntfs-ext': zNtfs.optional(),
          'pdf-ext': zPdf.optional(),
          'raster-image-ext': zRasterImage.optional(),
          'windows-pebinary-ext': zWindowsBinary.optional(),
        }),
      )
      .optional(),
  }),
  oneOf('hashes', 'name'),
);

const zMimePart = under(
  z.looseObject({
    body: z.string().optional(),
    body_raw_ref: zRefTo('artifact', 'file').optional(),
    content_type: z.string().optional(),
    content_disposition: z.string().optional(),
  }),
  oneOf('body', 'body_raw_ref'),
);

const zEmailRefs = listOf(zRefTo('email-addr'));

/** Section 6.6. */
export const zEmailMessage = under(
  zObservable.extend({
    type: z.literal('email-message'),
    is_multipart: z.boolean(),
    date: zTimestamp.optional(),
    content_type: z.string().optional(),
    from_ref: zRefTo('email-addr').optional(),
    sender_ref: zRefTo('email-addr').optional(),
    to_refs: zEmailRefs.optional(),
    cc_refs: zEmailRefs.optional(),
    bcc_refs: zEmailRefs.optional(),
    message_id: z.string().optional(),
    subject: z.string().optional(),
    received_lines: zTexts.optional(),
    additional_header_fields: dictionaryOf(z.union([z.string(), zTexts])).optional(),
    body: z.string().optional(),
    body_multipart: listOf(zMimePart).optional(),
    raw_email_ref: zRefTo('artifact').optional(),
  }),
  { holds: (it) => it.is_multipart !== true || it.body === undefined, says: 'a multipart message has no body' },
  {
    holds: (it) => it.is_multipart !== false || it.body_multipart === undefined,
    says: 'a message that is not multipart has no body_multipart',
  },
);
