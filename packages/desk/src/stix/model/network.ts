import { z } from 'zod';
import { zRefTo } from '../id.ts';
import { zExtensions, zObservable } from './object.ts';
import {
  dictionaryOf,
  listOf,
  oneOf,
  type Rule,
  under,
  zCount,
  zHex,
  zInteger,
  zName,
  zTexts,
  zTimestamp,
} from './values.ts';

/** Observables of the network: STIX 2.1 sections 6.2, 6.4, 6.5, 6.8 to 6.10, 6.12 and 6.15. */

/** The value is of its form, unless the object says that it was defanged (section 3.2), as in `198.51.100[.]1`. */
const valueIs = (forms: readonly z.ZodType[], says: string): Rule => ({
  holds: (it) => it.defanged === true || forms.some((form) => form.safeParse(it.value).success),
  says,
});

/** Section 6.2. */
export const zAutonomousSystem = zObservable.extend({
  type: z.literal('autonomous-system'),
  number: zCount,
  name: z.string().optional(),
  rir: z.string().optional(),
});

/** Section 6.4. */
export const zDomainName = zObservable.extend({
  type: z.literal('domain-name'),
  value: zName,
  resolves_to_refs: listOf(zRefTo('ipv4-addr', 'ipv6-addr', 'domain-name')).optional(),
});

/** Section 6.5. */
export const zEmailAddress = zObservable.extend({
  type: z.literal('email-addr'),
  value: zName,
  display_name: z.string().optional(),
  belongs_to_ref: zRefTo('user-account').optional(),
});

const address = {
  value: zName,
  resolves_to_refs: listOf(zRefTo('mac-addr')).optional(),
  belongs_to_refs: listOf(zRefTo('autonomous-system')).optional(),
};

/** Section 6.8. */
export const zIpv4 = under(
  zObservable.extend({ type: z.literal('ipv4-addr'), ...address }),
  valueIs([z.ipv4(), z.cidrv4()], 'value is not an IPv4 address or range'),
);

/** Section 6.9. */
export const zIpv6 = under(
  zObservable.extend({ type: z.literal('ipv6-addr'), ...address }),
  valueIs([z.ipv6(), z.cidrv6()], 'value is not an IPv6 address or range'),
);

/** Section 6.10. */
export const zMac = under(
  zObservable.extend({ type: z.literal('mac-addr'), value: zName }),
  valueIs(
    [z.string().regex(/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/)],
    'value is not six pairs of lower-case hexadecimal digits with colons',
  ),
);

/** Section 6.15. */
export const zUrl = zObservable.extend({ type: z.literal('url'), value: zName });

const zEnd = zRefTo('ipv4-addr', 'ipv6-addr', 'mac-addr', 'domain-name');
const zPort = z.int().min(0, 'below zero').max(65_535, 'above 65535');

/** Section 6.12.2. */
const zHttpRequest = z.looseObject({
  request_method: zName,
  request_value: zName,
  request_version: z.string().optional(),
  request_header: dictionaryOf(z.union([z.string(), zTexts])).optional(),
  message_body_length: zCount.optional(),
  message_body_data_ref: zRefTo('artifact').optional(),
});

/** Section 6.12.3. */
const zIcmp = z.looseObject({ icmp_type_hex: zHex, icmp_code_hex: zHex });

/** Sections 6.12.4, 10.15 and 10.16. */
const zSocket = z.looseObject({
  address_family: z.enum([
    'AF_UNSPEC',
    'AF_INET',
    'AF_IPX',
    'AF_APPLETALK',
    'AF_NETBIOS',
    'AF_INET6',
    'AF_IRDA',
    'AF_BTH',
  ]),
  is_blocking: z.boolean().optional(),
  is_listening: z.boolean().optional(),
  options: dictionaryOf(zInteger).optional(),
  socket_type: z.enum(['SOCK_STREAM', 'SOCK_DGRAM', 'SOCK_RAW', 'SOCK_RDM', 'SOCK_SEQPACKET']).optional(),
  socket_descriptor: zCount.optional(),
  socket_handle: zInteger.optional(),
});

/** Section 6.12.5. */
const zTcp = under(
  z.looseObject({ src_flags_hex: zHex.optional(), dst_flags_hex: zHex.optional() }),
  oneOf('src_flags_hex', 'dst_flags_hex'),
);

/** Section 6.12. */
export const zNetworkTraffic = under(
  zObservable.extend({
    type: z.literal('network-traffic'),
    start: zTimestamp.optional(),
    end: zTimestamp.optional(),
    is_active: z.boolean().optional(),
    src_ref: zEnd.optional(),
    dst_ref: zEnd.optional(),
    src_port: zPort.optional(),
    dst_port: zPort.optional(),
    protocols: zTexts,
    src_byte_count: zCount.optional(),
    dst_byte_count: zCount.optional(),
    src_packets: zCount.optional(),
    dst_packets: zCount.optional(),
    ipfix: dictionaryOf(z.union([zInteger, z.string()])).optional(),
    src_payload_ref: zRefTo('artifact').optional(),
    dst_payload_ref: zRefTo('artifact').optional(),
    encapsulates_refs: listOf(zRefTo('network-traffic')).optional(),
    encapsulated_by_ref: zRefTo('network-traffic').optional(),
    extensions: zExtensions
      .and(
        z.looseObject({
          'http-request-ext': zHttpRequest.optional(),
          'icmp-ext': zIcmp.optional(),
          'socket-ext': zSocket.optional(),
          'tcp-ext': zTcp.optional(),
        }),
      )
      .optional(),
  }),
  oneOf('src_ref', 'dst_ref'),
  { holds: (it) => it.is_active !== true || it.end === undefined, says: 'is active, and yet has an end' },
);
