export function dependencies(workspace: string): Set<string>;
export function texts(folders: Iterable<string>): string;
export function licences(bundle: string, folders: Iterable<string>): void;
