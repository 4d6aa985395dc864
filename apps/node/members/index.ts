export { Applications } from './applications.ts';
export { loadKnownPeers, type KnownPeer, saveKnownPeers } from './known-peers.ts';
export { type MemberDirectory, memberDirectory } from './member-directory.ts';
export { type Ballot, type MembersDesk, membersDesk } from './members-desk.ts';
export { type OrganizationKeys, organizationKeys } from './organization-keys.ts';
export { networkView } from './network-view.ts';
