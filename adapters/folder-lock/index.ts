export { FolderInUse, type FolderLock, isFolderInUse, lockFolder } from './folder-lock.ts';
