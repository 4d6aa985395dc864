/** The SQL of resources and their versions. */
import type { DatabaseSync } from 'node:sqlite';

export function prepareVersions(database: DatabaseSync) {
  return {
    head: database.prepare(
      `SELECT r.rid, r.head, r.version, r.updated, r.deleted, r.category, v.subjects
       FROM resources r JOIN versions v ON v.vid = r.head WHERE r.record = ?`,
    ),
    ofResource: database.prepare('SELECT vid FROM versions WHERE rid = ? AND version = ?'),
    version: database.prepare(
      `SELECT v.*, r.record, o.transaction_id FROM versions v JOIN resources r ON r.rid = v.rid
       LEFT JOIN outbox o ON o.sequence = v.anchor WHERE v.vid = ?`,
    ),
    hashes: database.prepare('SELECT hashes FROM resources WHERE rid = ?'),
    insertResource: database.prepare(
      `INSERT INTO resources (record, ref, type, version, updated, deleted, category, head, hashes)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    updateResource: database.prepare(
      'UPDATE resources SET version = ?, updated = ?, deleted = ?, category = ?, head = ?, hashes = ? WHERE rid = ?',
    ),
    insertVersion: database.prepare(
      `INSERT INTO versions (vid, rid, version, type, updated, method, category, anchor, subjects, pseudonym, tag, wrap, sealed)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
  };
}
