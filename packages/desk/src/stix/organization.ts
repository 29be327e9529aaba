import type { Stamp } from './build.ts';
import { gongjoId, type StixId } from './id.ts';
import { tlpRefs } from './levels.ts';
import type { Identity } from './model/index.ts';

/** An organisation of a desk's directory: the same desk, list and entry give the same identifier. */
export function organizationIdentityId(desk: string, list: string, entry: string): StixId {
  return gongjoId('identity', 'directory', desk, list, entry);
}

export interface OrganizationFacts {
  readonly id: StixId;
  readonly name: string;
  readonly description?: string | undefined;
  readonly contact?: string | undefined;
  readonly roles: readonly string[];
}

/** STIX 2.1, section 4.5: an agency, a service or an issuer, by what the directory says of it. */
export function organizationIdentity(facts: OrganizationFacts, stamp: Stamp): Identity {
  const { id, name, description, contact, roles } = facts;
  return {
    type: 'identity',
    spec_version: '2.1',
    id,
    created_by_ref: stamp.author,
    created: stamp.created ?? stamp.now,
    modified: stamp.now,
    name,
    ...(description === undefined ? {} : { description }),
    ...(roles.length === 0 ? {} : { roles: [...roles] }),
    identity_class: 'organization',
    ...(contact === undefined ? {} : { contact_information: contact }),
    lang: 'en',
    object_marking_refs: tlpRefs(stamp.tlp),
  };
}
