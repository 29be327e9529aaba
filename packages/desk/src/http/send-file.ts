import type { FastifyReply } from 'fastify';

/** A file to be kept, byte for byte. Names are made by the desk: letters, digits, points and hyphens. */
export function sendFile(reply: FastifyReply, name: string, type: string, content: Uint8Array): FastifyReply {
  return reply
    .header('content-type', type)
    .header('content-disposition', `attachment; filename="${name}"`)
    .serializer((payload: Buffer) => payload as unknown as string)
    .send(Buffer.from(content.buffer, content.byteOffset, content.byteLength));
}
