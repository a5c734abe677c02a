export function writeDeepModel(folder: string, blocks: number): void;
