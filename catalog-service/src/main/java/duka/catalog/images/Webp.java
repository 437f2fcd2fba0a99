package duka.catalog.images;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import duka.catalog.images.BadPicture.Why;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a WEBP says about itself, chunk by chunk. A decoder believes each chunk in its place, so
 * what the file says about its canvas says nothing about the frames on it.
 */
final class Webp {

    /** Of a frame or of the canvas. */
    record Size(int width, int height) {}

    private static final int HEADER = 8;
    private static final int FIRST_CHUNK = 12;

    /**
     * Cuts off what is behind the end that the file says it has, where a decoder might go on.
     *
     * @param check is told the size of everything in it that has one, and may refuse it
     * @throws BadPicture if it is not one still picture
     */
    static void cut(Path path, Consumer<Size> check) throws IOException {
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            long end = HEADER + Integer.toUnsignedLong(read(file, 4, 4).getInt());
            if (end > file.length()) {
                throw new EOFException("%d bytes of %d".formatted(file.length(), end));
            }
            var canvases = new ArrayList<Size>();
            var frames = new ArrayList<Size>();
            long at = FIRST_CHUNK;
            while (at < end) {
                var header = read(file, at, HEADER);
                var name = new String(header.array(), 0, 4, ISO_8859_1);
                long length = Integer.toUnsignedLong(header.getInt(4));
                switch (name) {
                    case "VP8X" -> canvases.add(canvas(read(file, at + HEADER, 10)));
                    case "VP8 " -> frames.add(lossy(read(file, at + HEADER, 10)));
                    case "VP8L" -> frames.add(lossless(read(file, at + HEADER, 5)));
                    case "ANIM", "ANMF" -> throw broken("It moves, and pictures here do not.");
                    default -> {}
                }
                at += HEADER + length + length % 2;
            }
            canvases.forEach(check);
            frames.forEach(check);
            if (at > end || frames.size() != 1 || !isPainted(canvases, frames.getFirst())) {
                throw broken("It is broken and cannot be shown.");
            }
            file.setLength(end);
        } catch (EOFException e) {
            throw new BadPicture(Why.BROKEN, "It is not all there.", e);
        }
    }

    /** The frame of a still picture is as large as its canvas. */
    private static boolean isPainted(List<Size> canvases, Size frame) {
        return canvases.stream().allMatch(frame::equals);
    }

    private static Size canvas(ByteBuffer chunk) {
        return new Size(1 + (chunk.getInt(4) & 0xFFFFFF), 1 + (chunk.getInt(6) >>> 8));
    }

    private static Size lossy(ByteBuffer chunk) {
        return new Size(chunk.getShort(6) & 0x3FFF, chunk.getShort(8) & 0x3FFF);
    }

    private static Size lossless(ByteBuffer chunk) {
        int size = chunk.getInt(1);
        return new Size(1 + (size & 0x3FFF), 1 + (size >>> 14 & 0x3FFF));
    }

    private static ByteBuffer read(RandomAccessFile file, long at, int length) throws IOException {
        var bytes = new byte[length];
        file.seek(at);
        file.readFully(bytes);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static BadPicture broken(String message) {
        return new BadPicture(Why.BROKEN, message);
    }

    private Webp() {}
}
