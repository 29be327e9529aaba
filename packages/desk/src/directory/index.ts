export { createDirectory, type Directory, type DirectoryEntry, zDirectoryEntry, zDirectoryFile } from './directory.ts';
export { freezingIssuerOf } from './issuers.ts';
