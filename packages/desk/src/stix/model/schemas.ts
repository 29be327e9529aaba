import { z } from 'zod';
import * as domain from './domain.ts';
import { zArtifact, zDirectory, zEmailMessage, zFile } from './file.ts';
import { zCertificate, zMutex, zProcess, zRegistryKey, zSoftware, zUserAccount } from './host.ts';
import { zExtensionDefinition, zLanguageContent, zMarkingDefinition } from './meta.ts';
import { zBankAccount, zTransaction, zWallet } from './money.ts';
import { zAutonomousSystem, zDomainName, zEmailAddress, zIpv4, zIpv6, zMac, zNetworkTraffic, zUrl } from './network.ts';
import { type StixObject, zObservable, zVersioned } from './object.ts';
import { zRelationship, zSighting } from './relation.ts';
import { observableTypes } from './types.ts';

const schemas: ReadonlyMap<string, z.ZodType> = new Map<string, z.ZodType>([
  ['attack-pattern', domain.zAttackPattern],
  ['campaign', domain.zCampaign],
  ['course-of-action', domain.zCourseOfAction],
  ['grouping', domain.zGrouping],
  ['identity', domain.zIdentity],
  ['incident', domain.zIncidentObject],
  ['indicator', domain.zIndicator],
  ['infrastructure', domain.zInfrastructure],
  ['intrusion-set', domain.zIntrusionSet],
  ['location', domain.zLocation],
  ['malware', domain.zMalware],
  ['malware-analysis', domain.zMalwareAnalysis],
  ['note', domain.zNote],
  ['observed-data', domain.zObservedData],
  ['opinion', domain.zOpinion],
  ['report', domain.zReport],
  ['threat-actor', domain.zThreatActor],
  ['tool', domain.zTool],
  ['vulnerability', domain.zVulnerability],
  ['relationship', zRelationship],
  ['sighting', zSighting],
  ['artifact', zArtifact],
  ['autonomous-system', zAutonomousSystem],
  ['directory', zDirectory],
  ['domain-name', zDomainName],
  ['email-addr', zEmailAddress],
  ['email-message', zEmailMessage],
  ['file', zFile],
  ['ipv4-addr', zIpv4],
  ['ipv6-addr', zIpv6],
  ['mac-addr', zMac],
  ['mutex', zMutex],
  ['network-traffic', zNetworkTraffic],
  ['process', zProcess],
  ['software', zSoftware],
  ['url', zUrl],
  ['user-account', zUserAccount],
  ['windows-registry-key', zRegistryKey],
  ['x509-certificate', zCertificate],
  ['cryptocurrency-wallet', zWallet],
  ['cryptocurrency-transaction', zTransaction],
  ['language-content', zLanguageContent],
  ['marking-definition', zMarkingDefinition],
  ['extension-definition', zExtensionDefinition],
]);

const zNewObservable = z.object({ extension_type: z.literal('new-sco') });

/**
 * Whether the object is an observable: it has no version, its identifier comes from its value, and two desks that know
 * the same address make the same object.
 */
export function isObservable(object: StixObject): boolean {
  if (observableTypes.has(object.type)) return true;
  if (schemas.has(object.type)) return false;
  const extensions = z.record(z.string(), z.unknown()).safeParse(object.extensions).data ?? {};
  return Object.values(extensions).some((it) => zNewObservable.safeParse(it).success);
}

/** Whether the object's type has versions (section 3.6): neither observables nor marking definitions do. */
export function hasVersions(object: StixObject): boolean {
  return !isObservable(object) && object.type !== 'marking-definition';
}

/** The schema that an object has to meet: that of its type, or what all objects of its kind share. */
export function schemaOf(object: StixObject): z.ZodType {
  const schema = schemas.get(object.type);
  if (schema !== undefined) return schema;
  if (!isObservable(object)) return zVersioned;
  return object.type === 'bank-account' ? zBankAccount : zObservable;
}
