/** JSON Patch (RFC 6902) over parsed JSON: the answer is a new value, the given one stays as it was. */
export type JsonPatchOperation =
  | { readonly op: 'add' | 'replace' | 'test'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'move' | 'copy'; readonly from: string; readonly path: string };

export type JsonPatchFault = 'no-such-path' | 'test-failed';

type Patched = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly fault: JsonPatchFault };

const OPERATIONS_LIMIT = 1_000;

/** Undefined when it is not a patch document of at most 1,000 operations. */
export function parseJsonPatch(value: unknown): JsonPatchOperation[] | undefined {
  if (!Array.isArray(value) || value.length > OPERATIONS_LIMIT) return undefined;
  return value.every(isOperation) ? (value as JsonPatchOperation[]) : undefined;
}

function isOperation(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { op, path, from } = value as Record<string, unknown>;
  if (!isPointer(path)) return false;
  if (op === 'remove') return true;
  if (op === 'move' || op === 'copy') return isPointer(from);
  return (op === 'add' || op === 'replace' || op === 'test') && Object.hasOwn(value, 'value');
}

function isPointer(value: unknown): boolean {
  return typeof value === 'string' && (value === '' || value.startsWith('/')) && !/~(?![01])/.test(value);
}

export function applyJsonPatch(document: unknown, patch: readonly JsonPatchOperation[]): Patched {
  const root = { '': structuredCloneJson(document) };
  for (const operation of patch) {
    const fault = applyOperation(root, operation);
    if (fault !== undefined) return { ok: false, fault };
  }
  return { ok: true, value: root[''] };
}

function applyOperation(root: object, operation: JsonPatchOperation): JsonPatchFault | undefined {
  const at = tokens(operation.path);
  switch (operation.op) {
    case 'add':
      return add(root, at, structuredCloneJson(operation.value));
    case 'remove':
      return remove(root, at);
    case 'replace':
      return remove(root, at) ?? add(root, at, structuredCloneJson(operation.value));
    case 'test': {
      const found = find(root, at);
      if (found === undefined) return 'no-such-path';
      return equal(found, operation.value) ? undefined : 'test-failed';
    }
    case 'copy': {
      const found = find(root, tokens(operation.from));
      return found === undefined ? 'no-such-path' : add(root, at, structuredCloneJson(found));
    }
    case 'move': {
      if (`${operation.path}/`.startsWith(`${operation.from}/`) && operation.path !== operation.from)
        return 'no-such-path';
      const found = find(root, tokens(operation.from));
      if (found === undefined) return 'no-such-path';
      return remove(root, tokens(operation.from)) ?? add(root, at, found);
    }
  }
}

/** The document hangs under the empty name of a root object, so that it can be replaced like any member. */
function tokens(pointer: string): string[] {
  return pointer.split('/').map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function find(root: object, path: readonly string[]): unknown {
  let value: unknown = root;
  for (const token of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, token)) return undefined;
    if (Array.isArray(value) && arrayIndex(token) === undefined) return undefined;
    value = (value as Record<string, unknown>)[token];
  }
  return value;
}

function add(root: object, path: readonly string[], value: unknown): JsonPatchFault | undefined {
  const parent = find(root, path.slice(0, -1));
  const last = path.at(-1) ?? '';
  const holder = path.length === 1 ? root : parent;
  if (typeof holder !== 'object' || holder === null || last === '__proto__') return 'no-such-path';
  if (Array.isArray(holder)) {
    const index = last === '-' ? holder.length : arrayIndex(last);
    if (index === undefined || index > holder.length) return 'no-such-path';
    holder.splice(index, 0, value);
    return undefined;
  }
  (holder as Record<string, unknown>)[last] = value;
  return undefined;
}

function remove(root: object, path: readonly string[]): JsonPatchFault | undefined {
  if (find(root, path) === undefined) return 'no-such-path';
  const holder = path.length === 1 ? root : (find(root, path.slice(0, -1)) as object);
  const last = path.at(-1) ?? '';
  if (Array.isArray(holder)) holder.splice(Number(last), 1);
  else delete (holder as Record<string, unknown>)[last];
  return undefined;
}

function arrayIndex(token: string): number | undefined {
  return /^(0|[1-9]\d{0,8})$/.test(token) ? Number(token) : undefined;
}

function equal(left: unknown, right: unknown): boolean {
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every(
    (key) =>
      Object.hasOwn(right, key) &&
      equal((left as Record<string, unknown>)[key], (right as Record<string, unknown>)[key]),
  );
}

/** A copy of parsed JSON. */
function structuredCloneJson(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(structuredCloneJson);
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, structuredCloneJson(child)]));
}
