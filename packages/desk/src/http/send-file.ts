import type { FastifyReply } from 'fastify';

/** A file to be kept, byte for byte, under whatever name it has (RFC 6266). */
export function sendFile(reply: FastifyReply, name: string, type: string, content: Uint8Array): FastifyReply {
  return reply
    .header('content-type', type)
    .header('content-disposition', attachment(name))
    .serializer((payload: Buffer) => payload as unknown as string)
    .send(Buffer.from(content.buffer, content.byteOffset, content.byteLength));
}

/** A plain name for all; where that is not the name itself, the name as well (RFC 8187). */
function attachment(name: string): string {
  const plain = name.replaceAll(/[^A-Za-z0-9._-]/g, '_');
  const full = encodeURIComponent(name.toWellFormed()).replaceAll(
    /['()*!]/g,
    (it) => `%${it.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"${plain === name ? '' : `; filename*=UTF-8''${full}`}`;
}
