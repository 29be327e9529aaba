import { z } from 'zod';
import { zRefTo, zStixId } from '../id.ts';
import { zVersioned } from './object.ts';
import {
  given,
  goesWith,
  listOf,
  notBoth,
  oneOf,
  under,
  zKillChainPhases,
  zName,
  zTexts,
  zTimestamp,
} from './values.ts';

/** The domain objects of STIX 2.1, section 4. Open vocabularies are free text; only closed ones are held to their words. */

const named = { name: zName, description: z.string().optional() };
const seen = { first_seen: zTimestamp.optional(), last_seen: zTimestamp.optional() };
const aliases = { aliases: zTexts.optional() };
const phases = { kill_chain_phases: zKillChainPhases.optional() };
const motives = { resource_level: z.string().optional(), primary_motivation: z.string().optional() };
const zObjectRefs = listOf(zStixId);

/** Section 4.1. */
export const zAttackPattern = zVersioned.extend({
  type: z.literal('attack-pattern'),
  ...named,
  ...aliases,
  ...phases,
});

/** Section 4.2. */
export const zCampaign = zVersioned.extend({
  type: z.literal('campaign'),
  ...named,
  ...aliases,
  ...seen,
  objective: z.string().optional(),
});

/** Section 4.3. */
export const zCourseOfAction = zVersioned.extend({ type: z.literal('course-of-action'), ...named });

/** Section 4.4. */
export const zGrouping = zVersioned.extend({
  type: z.literal('grouping'),
  name: z.string().optional(),
  description: z.string().optional(),
  context: zName,
  object_refs: zObjectRefs,
});

/** Section 4.5. */
export const zIdentity = zVersioned.extend({
  type: z.literal('identity'),
  ...named,
  roles: zTexts.optional(),
  identity_class: z.string().optional(),
  sectors: zTexts.optional(),
  contact_information: z.string().optional(),
});

/** Section 4.6: a stub in STIX 2.1; what it lacks stands in our extension. */
export const zIncidentObject = zVersioned.extend({ type: z.literal('incident'), ...named });

/** Section 4.7. */
export const zIndicator = zVersioned.extend({
  type: z.literal('indicator'),
  name: z.string().optional(),
  description: z.string().optional(),
  indicator_types: zTexts.optional(),
  pattern: zName,
  pattern_type: zName,
  pattern_version: z.string().optional(),
  valid_from: zTimestamp,
  valid_until: zTimestamp.optional(),
  ...phases,
});

/** Section 4.8. */
export const zInfrastructure = zVersioned.extend({
  type: z.literal('infrastructure'),
  ...named,
  infrastructure_types: zTexts.optional(),
  ...aliases,
  ...phases,
  ...seen,
});

/** Section 4.9. */
export const zIntrusionSet = zVersioned.extend({
  type: z.literal('intrusion-set'),
  ...named,
  ...aliases,
  ...seen,
  goals: zTexts.optional(),
  ...motives,
  secondary_motivations: zTexts.optional(),
});

/** Section 4.10. */
export const zLocation = under(
  zVersioned.extend({
    type: z.literal('location'),
    name: z.string().optional(),
    description: z.string().optional(),
    latitude: z.number().min(-90, 'below -90').max(90, 'above 90').optional(),
    longitude: z.number().min(-180, 'below -180').max(180, 'above 180').optional(),
    precision: z.number().min(0, 'below zero').optional(),
    region: z.string().optional(),
    country: z.string().optional(),
    administrative_area: z.string().optional(),
    city: z.string().optional(),
    street_address: z.string().optional(),
    postal_code: z.string().optional(),
  }),
  oneOf('region', 'country', 'latitude'),
  goesWith('latitude', 'longitude'),
  goesWith('longitude', 'latitude'),
  goesWith('precision', 'latitude'),
);

/** Section 4.11: a family has a name. */
export const zMalware = under(
  zVersioned.extend({
    type: z.literal('malware'),
    name: z.string().optional(),
    description: z.string().optional(),
    malware_types: zTexts.optional(),
    is_family: z.boolean(),
    ...aliases,
    ...phases,
    ...seen,
    operating_system_refs: listOf(zRefTo('software')).optional(),
    architecture_execution_envs: zTexts.optional(),
    implementation_languages: zTexts.optional(),
    capabilities: zTexts.optional(),
    sample_refs: listOf(zRefTo('artifact', 'file')).optional(),
  }),
  { holds: (it) => it.is_family !== true || given(it, 'name'), says: 'a family needs a name' },
);

/** Section 4.12. */
export const zMalwareAnalysis = under(
  zVersioned.extend({
    type: z.literal('malware-analysis'),
    product: zName,
    version: z.string().optional(),
    host_vm_ref: zRefTo('software').optional(),
    operating_system_ref: zRefTo('software').optional(),
    installed_software_refs: listOf(zRefTo('software')).optional(),
    configuration_version: z.string().optional(),
    modules: zTexts.optional(),
    analysis_engine_version: z.string().optional(),
    analysis_definition_version: z.string().optional(),
    submitted: zTimestamp.optional(),
    analysis_started: zTimestamp.optional(),
    analysis_ended: zTimestamp.optional(),
    result_name: z.string().optional(),
    result: z.string().optional(),
    analysis_sco_refs: zObjectRefs.optional(),
    sample_ref: zRefTo('file', 'network-traffic', 'artifact').optional(),
  }),
  oneOf('result', 'analysis_sco_refs'),
);

/** Section 4.13. */
export const zNote = zVersioned.extend({
  type: z.literal('note'),
  abstract: z.string().optional(),
  content: zName,
  authors: zTexts.optional(),
  object_refs: zObjectRefs,
});

/** Section 4.14. `objects` is the older form, deprecated and kept as it is. */
export const zObservedData = under(
  zVersioned.extend({
    type: z.literal('observed-data'),
    first_observed: zTimestamp,
    last_observed: zTimestamp,
    number_observed: z.int().min(1, 'below 1').max(999_999_999, 'above 999999999'),
    objects: z.record(z.string(), z.looseObject({ type: z.string() })).optional(),
    object_refs: zObjectRefs.optional(),
  }),
  oneOf('object_refs', 'objects'),
  notBoth('object_refs', 'objects'),
);

/** Sections 4.15 and 10.19. */
export const zOpinion = zVersioned.extend({
  type: z.literal('opinion'),
  explanation: z.string().optional(),
  authors: zTexts.optional(),
  opinion: z.enum(['strongly-disagree', 'disagree', 'neutral', 'agree', 'strongly-agree']),
  object_refs: zObjectRefs,
});

/** Section 4.16. */
export const zReport = zVersioned.extend({
  type: z.literal('report'),
  ...named,
  report_types: zTexts.optional(),
  published: zTimestamp,
  object_refs: zObjectRefs,
});

/** Section 4.17. */
export const zThreatActor = zVersioned.extend({
  type: z.literal('threat-actor'),
  ...named,
  threat_actor_types: zTexts.optional(),
  ...aliases,
  ...seen,
  roles: zTexts.optional(),
  goals: zTexts.optional(),
  sophistication: z.string().optional(),
  ...motives,
  secondary_motivations: zTexts.optional(),
  personal_motivations: zTexts.optional(),
});

/** Section 4.18. */
export const zTool = zVersioned.extend({
  type: z.literal('tool'),
  ...named,
  tool_types: zTexts.optional(),
  ...aliases,
  ...phases,
  tool_version: z.string().optional(),
});

/** Section 4.19. */
export const zVulnerability = zVersioned.extend({ type: z.literal('vulnerability'), ...named });

export type Identity = z.infer<typeof zIdentity>;
export type IncidentObject = z.infer<typeof zIncidentObject>;
export type Indicator = z.infer<typeof zIndicator>;
export type Note = z.infer<typeof zNote>;
