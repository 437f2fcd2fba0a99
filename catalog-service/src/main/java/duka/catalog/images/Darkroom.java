package duka.catalog.images;

import duka.catalog.images.BadPicture.Why;
import duka.jobs.PlatformThreads;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import net.coobird.thumbnailator.Thumbnails;
import org.springframework.core.io.InputStreamSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Makes pictures of our own from uploads: decoded, turned upright, scaled and encoded anew, so that
 * whatever else was in the file is not passed on. One at a time, and never more pixels than memory
 * has room for.
 */
@Component
class Darkroom {

    private static final double JPEG_QUALITY = 0.85;
    private static final int MOST_WAITING = 8;

    /**
     * With time left to develop and keep it before the gateway gives up, after ten: a picture that
     * is kept when its sender has heard of a failure is sent, and hung, again.
     */
    private static final int MOST_SECONDS = 5;

    private final ImagesProperties properties;
    private final Semaphore room = new Semaphore(1, true);
    private final PlatformThreads thread = new PlatformThreads("darkroom", 1, MOST_WAITING);

    Darkroom(ImagesProperties properties) {
        this.properties = properties;
    }

    /**
     * The next upload has its turn when this one is kept: so no more than one waits for the store,
     * and none piles up in memory.
     *
     * @throws BadPicture if it is none that we take
     * @throws Busy if others are before it; inside a transaction at once, for nothing is worth
     *     keeping a connection to the database waiting
     */
    <T> T develop(InputStreamSource upload, Function<Developed, T> keep) {
        enter();
        try {
            return keep.apply(develop(upload));
        } finally {
            room.release();
        }
    }

    private void enter() {
        if (room.getQueueLength() >= MOST_WAITING) {
            throw new Busy();
        }
        try {
            if (!room.tryAcquire(patience(), TimeUnit.SECONDS)) {
                throw new Busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Busy();
        }
    }

    private static int patience() {
        return TransactionSynchronizationManager.isActualTransactionActive() ? 0 : MOST_SECONDS;
    }

    private Developed develop(InputStreamSource upload) {
        try {
            var file = Files.createTempFile("upload", null);
            try {
                var format = copy(upload, file);
                return thread.run(() -> develop(format, file));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new StoreFailed("no upload can be developed", e);
        }
    }

    /** What it begins with decides. */
    private Format copy(InputStreamSource upload, Path file) throws IOException {
        try (var in = upload.getInputStream();
                var out = Files.newOutputStream(file)) {
            var beginning = in.readNBytes(Format.SIGNATURE);
            var format =
                    Format.of(beginning)
                            .orElseThrow(
                                    () ->
                                            new BadPicture(
                                                    Why.UNKNOWN_FORMAT,
                                                    "It is no JPEG, PNG or WEBP."));
            out.write(beginning);
            long rest = properties.maxSize().toBytes() - beginning.length;
            if (transfer(in, out, rest + 1) > rest) {
                throw new BadPicture(
                        Why.TOO_LARGE,
                        "It has more than %d bytes.".formatted(properties.maxSize().toBytes()));
            }
            return format;
        }
    }

    private static long transfer(InputStream in, OutputStream out, long most) throws IOException {
        var buffer = new byte[8192];
        long count = 0;
        int read;
        while (count < most
                && (read = in.read(buffer, 0, (int) Math.min(buffer.length, most - count))) >= 0) {
            out.write(buffer, 0, read);
            count += read;
        }
        return count;
    }

    private Developed develop(Format format, Path file) throws IOException {
        var readers = ImageIO.getImageReadersByFormatName(format.name());
        if (!readers.hasNext()) {
            throw new IllegalStateException("nothing here reads " + format);
        }
        if (format == Format.WEBP) {
            Webp.cut(file, size -> check(format, size.width(), size.height()));
        }
        var reader = readers.next();
        BufferedImage picture;
        try (var in = new FileImageInputStream(file.toFile())) {
            // Texts in it may be packed a thousandfold, and nobody asks for them.
            reader.setInput(in, false, true);
            picture = read(reader, format);
            if (format == Format.JPEG) {
                picture = Upright.turn(picture, Upright.orientation(in));
            }
        } finally {
            reader.dispose();
        }
        boolean png = format == Format.PNG || picture.getColorModel().hasAlpha();
        var shown = png ? Format.PNG : Format.JPEG;
        var full = scale(picture, properties.side());
        var thumbnail = scale(full, properties.thumbnailSide());
        return new Developed(
                shown,
                full.getWidth(),
                full.getHeight(),
                encode(full, shown),
                encode(thumbnail, shown));
    }

    /** Decoders meet what they do not expect in many ways, and all of them mean the same. */
    private BufferedImage read(ImageReader reader, Format format) {
        try {
            int width = reader.getWidth(0);
            int height = reader.getHeight(0);
            check(format, width, height);
            var param = reader.getDefaultReadParam();
            // Enough to be scaled well, and no more than memory has room for.
            int step = Math.ceilDiv(Math.max(width, height), 2 * properties.side());
            param.setSourceSubsampling(step, step, 0, 0);
            return reader.read(0, param);
        } catch (BadPicture e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new BadPicture(Why.BROKEN, "It is broken and cannot be shown.", e);
        }
    }

    /** A WEBP may have to be decoded whole before it can be made smaller. */
    private void check(Format format, long width, long height) {
        long most = format == Format.WEBP ? properties.maxPixels() / 2 : properties.maxPixels();
        if (width * height > most) {
            throw new BadPicture(
                    Why.TOO_MANY_PIXELS,
                    "It has %d x %d pixels, more than %d in all.".formatted(width, height, most));
        }
    }

    private static BufferedImage scale(BufferedImage picture, int side) throws IOException {
        int type =
                picture.getColorModel().hasAlpha()
                        ? BufferedImage.TYPE_INT_ARGB
                        : BufferedImage.TYPE_INT_RGB;
        if (Math.max(picture.getWidth(), picture.getHeight()) <= side) {
            return Thumbnails.of(picture).scale(1).imageType(type).asBufferedImage();
        }
        return Thumbnails.of(picture).size(side, side).imageType(type).asBufferedImage();
    }

    private static byte[] encode(BufferedImage picture, Format format) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var encoding = Thumbnails.of(picture).scale(1).outputFormat(format.name());
        if (format == Format.JPEG) {
            encoding.outputQuality(JPEG_QUALITY);
        }
        encoding.toOutputStream(bytes);
        return bytes.toByteArray();
    }
}
