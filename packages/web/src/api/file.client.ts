import { zMediaType } from '@gongjo/contract';

/** A file as it is sent to the desk. The desk checks the bytes against the hash that they have here. */
export interface FileBody {
  readonly name: string;
  readonly mediaType?: string;
  readonly base64: string;
  readonly sha256?: string;
}

export async function readFile(file: File): Promise<FileBody> {
  const content = await file.arrayBuffer();
  const { data: mediaType } = zMediaType.safeParse(file.type);
  const sha256 = await hashOf(content);
  return {
    name: file.name,
    base64: await base64Of(file),
    ...(mediaType !== undefined && { mediaType }),
    ...(sha256 !== null && { sha256 }),
  };
}

/** Browsers compute hashes only on pages that came over TLS or from this machine. */
async function hashOf(content: ArrayBuffer): Promise<string | null> {
  if (!globalThis.isSecureContext) return null;
  const hash = await crypto.subtle.digest('SHA-256', content);
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function base64Of(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(',')[1] ?? '');
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
