export { httpPeers, type HttpPeers, type PeerState } from './http-peers.ts';
export { peerRoutes } from './peer-routes.ts';
export type { PeerHandler, PeerIdentity } from './ports.ts';
export { openConnections } from './post.ts';
