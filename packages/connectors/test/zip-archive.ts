import { deflateRawSync } from 'node:zlib'

/** An entry of an archive for tests. The sizes may lie. */
export type ZipEntry = Readonly<{
  name: string
  content: string | Uint8Array
  /** What the archive says its unpacked size is. */
  declaredSize?: number
  encrypted?: boolean
  method?: number
}>

const CRC = Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c >>> 0
})

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (CRC[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}

/** Bytes of a zip archive (APPNOTE 6.3, deflate). `overlapping` lets all entries share the first one's bytes. */
export function zipArchive(entries: readonly ZipEntry[], { overlapping = false } = {}): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [index, entry] of entries.entries()) {
    const content = Buffer.from(entry.content as string)
    const packed = deflateRawSync(content)
    const name = Buffer.from(entry.name, 'utf8')
    const size = entry.declaredSize ?? content.length
    const header = (signature: number, central: boolean) => {
      const fields = Buffer.alloc(central ? 46 : 30)
      let at = fields.writeUInt32LE(signature, 0)
      if (central) at = fields.writeUInt16LE(20, at)
      at = fields.writeUInt16LE(20, at)
      at = fields.writeUInt16LE(entry.encrypted ? 0x0801 : 0x0800, at)
      at = fields.writeUInt16LE(entry.method ?? 8, at)
      at = fields.writeUInt32LE(0, at)
      at = fields.writeUInt32LE(crc32(content), at)
      at = fields.writeUInt32LE(packed.length, at)
      at = fields.writeUInt32LE(size, at)
      at = fields.writeUInt16LE(name.length, at)
      if (central) fields.writeUInt32LE(overlapping ? 0 : offset, 42)
      return Buffer.concat([fields, name])
    }
    directory.push(header(0x02014b50, true))
    if (overlapping && index > 0) continue
    const local = Buffer.concat([header(0x04034b50, false), packed])
    parts.push(local)
    offset += local.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...parts, central, end])
}
