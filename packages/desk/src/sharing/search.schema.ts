/** What finds an object among hundreds of thousands by a word of its line, or by the beginning of its identifier. */
export const searchIndexes = `
     create index shared_objects_words on shared_objects using gin (to_tsvector('simple', label));
     create index shared_objects_id on shared_objects (id text_pattern_ops);
     create index shared_objects_sightings on shared_objects (label) where type = 'sighting'`;
