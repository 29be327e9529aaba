export { createDirectory, type Directory, type DirectoryEntry, zDirectoryEntry, zDirectoryFile } from './directory.ts';
