// The tabs of one browser share the session's cookie: what one of them does to it, the others hear at once, so that none goes on
// showing one person's page under another's session. An account id names nobody.
const CHANNEL = 'clearchart.session';

/** Undefined: signed out. */
type Owner = string | undefined;

/** Returns how to tell the other tabs; `heard` is called with what they tell. */
export function joinTabs(heard: (owner: Owner) => void): (owner: Owner) => void {
  // Not on the node, which draws pages too.
  if (typeof window === 'undefined' || typeof BroadcastChannel === 'undefined') return () => {};
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (typeof data === 'string' || data === undefined) heard(data);
  });
  return (owner) => channel.postMessage(owner);
}
