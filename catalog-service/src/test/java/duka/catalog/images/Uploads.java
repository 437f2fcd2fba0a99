package duka.catalog.images;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.ImageIO;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.InputStreamSource;

/** Files as people send them, and as some people should not. */
public final class Uploads {

    public static final String SECRET = "taken at home";

    /** One pixel, lossy. */
    public static final byte[] WEBP =
            Base64.getDecoder().decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA");

    /** Red on the left half and blue on the right. */
    static BufferedImage picture(int width, int height, int type) {
        var picture = new BufferedImage(width, height, type);
        var pen = picture.createGraphics();
        pen.setColor(Color.RED);
        pen.fillRect(0, 0, width / 2, height);
        pen.setColor(Color.BLUE);
        pen.fillRect(width / 2, 0, width - width / 2, height);
        pen.dispose();
        return picture;
    }

    public static byte[] jpeg(int width, int height) {
        return encoded(picture(width, height, BufferedImage.TYPE_INT_RGB), "JPEG");
    }

    public static byte[] png(int width, int height) {
        return encoded(picture(width, height, BufferedImage.TYPE_INT_RGB), "PNG");
    }

    /** With nothing at its right end. */
    static byte[] transparentPng(int width, int height) {
        var picture = picture(width, height, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < height; y++) {
            picture.setRGB(width - 1, y, 0);
        }
        return encoded(picture, "PNG");
    }

    static byte[] gif() {
        return encoded(picture(4, 4, BufferedImage.TYPE_INT_RGB), "GIF");
    }

    /** As a phone writes it that was held upright: to be turned to the right before it is shown. */
    static byte[] lyingJpeg(int width, int height) {
        var exif =
                ByteBuffer.allocate(32)
                        .put("Exif\0\0MM".getBytes(ISO_8859_1))
                        .putShort((short) 42)
                        .putInt(8)
                        .putShort((short) 1)
                        .putShort((short) 0x112)
                        .putShort((short) 3)
                        .putInt(1)
                        .putShort((short) 6)
                        .putShort((short) 0)
                        .putInt(0);
        return with(0xE1, exif.array(), jpeg(width, height));
    }

    static byte[] talkativeJpeg() {
        return with(0xFE, SECRET.getBytes(ISO_8859_1), jpeg(40, 20));
    }

    private static byte[] with(int marker, byte[] segment, byte[] jpeg) {
        return ByteBuffer.allocate(jpeg.length + segment.length + 4)
                .put(jpeg, 0, 2)
                .put((byte) 0xFF)
                .put((byte) marker)
                .putShort((short) (segment.length + 2))
                .put(segment)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    /** A small file that says that it has a great many pixels. */
    public static byte[] bomb(int width, int height) {
        var png = png(4, 4);
        var buffer = ByteBuffer.wrap(png);
        buffer.putInt(16, width).putInt(20, height);
        var sum = new CRC32();
        sum.update(png, 12, 17);
        buffer.putInt(29, (int) sum.getValue());
        return png;
    }

    /** A small file with texts that are a thousand times as long as they look. */
    static byte[] verbosePng(int type) {
        var text = chunk("zTXt", packed(200_000));
        var png = encoded(picture(4, 4, type), "PNG");
        var all = ByteBuffer.allocate(png.length + 1000 * text.length).put(png, 0, 33);
        for (int i = 0; i < 1000; i++) {
            all.put(text);
        }
        return all.put(png, 33, png.length - 33).array();
    }

    private static byte[] packed(int length) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes("Comment\0\0".getBytes(ISO_8859_1));
        try (var packing = new DeflaterOutputStream(bytes)) {
            packing.write(new byte[length]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Of a PNG. */
    private static byte[] chunk(String name, byte[] data) {
        var chunk =
                ByteBuffer.allocate(data.length + 12)
                        .putInt(data.length)
                        .put(name.getBytes(ISO_8859_1))
                        .put(data);
        var sum = new CRC32();
        sum.update(chunk.array(), 4, data.length + 4);
        return chunk.putInt((int) sum.getValue()).array();
    }

    static byte[] webp(byte[]... chunks) {
        var all = new ByteArrayOutputStream();
        all.writeBytes("WEBP".getBytes(ISO_8859_1));
        for (var chunk : chunks) {
            all.writeBytes(chunk);
        }
        return riff("RIFF", all.toByteArray());
    }

    static byte[] riff(String name, byte[] data) {
        return ByteBuffer.allocate(data.length + 8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(name.getBytes(ISO_8859_1))
                .putInt(data.length)
                .put(data)
                .array();
    }

    /** What a WEBP says that it is as large as. */
    static byte[] canvas(int width, int height) {
        return riff(
                "VP8X",
                ByteBuffer.allocate(10)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putInt(6, (height - 1) << 8)
                        .putShort(4, (short) (width - 1))
                        .array());
    }

    /** That of {@link #WEBP}, which says that it is this large. */
    static byte[] frame(int width, int height) {
        var frame = Arrays.copyOfRange(WEBP, 12, WEBP.length);
        ByteBuffer.wrap(frame)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(14, (short) width)
                .putShort(16, (short) height);
        return frame;
    }

    static byte[] losslessFrame(int width, int height) {
        return riff(
                "VP8L",
                ByteBuffer.allocate(6)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put((byte) 0x2F)
                        .putInt(width - 1 | (height - 1) << 14)
                        .array());
    }

    static InputStreamSource upload(byte[] bytes) {
        return new ByteArrayResource(bytes);
    }

    /** Says when it is looked at, and comes when it is let. */
    static InputStreamSource slow(CountDownLatch begun, CountDownLatch end) {
        return () -> {
            begun.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new InterruptedIOException();
            }
            return upload(jpeg(4, 4)).getInputStream();
        };
    }

    static BufferedImage decoded(byte[] bytes) {
        try {
            return ImageIO.read(new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] encoded(BufferedImage picture, String format) {
        var bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(picture, format, bytes)) {
                throw new IllegalArgumentException(format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private Uploads() {}
}
