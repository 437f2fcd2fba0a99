package duka.catalog.images;

import static duka.catalog.images.Uploads.decoded;
import static duka.catalog.images.Uploads.upload;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import duka.catalog.images.BadPicture.Why;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.unit.DataSize;

class DarkroomTest {

    final Darkroom darkroom =
            new Darkroom(
                    new ImagesProperties(
                            Path.of("nowhere"),
                            DataSize.ofKilobytes(500),
                            4_000_000,
                            400,
                            80,
                            10,
                            Duration.ofHours(1),
                            null));

    @ParameterizedTest
    @CsvSource({
        "1000, 500, 400, 200, 80, 40",
        "500, 1000, 200, 400, 40, 80",
        "100, 60, 100, 60, 80, 48",
        "1, 1, 1, 1, 1, 1",
        "3000, 1, 400, 1, 80, 1"
    })
    void a_picture_is_made_smaller_never_larger(
            int width, int height, int fullWidth, int fullHeight, int smallWidth, int smallHeight) {
        for (var bytes : new byte[][] {Uploads.jpeg(width, height), Uploads.png(width, height)}) {
            var developed = developed(bytes);
            assertThat(size(developed.full())).isEqualTo(fullWidth + "x" + fullHeight);
            assertThat(size(developed.thumbnail())).isEqualTo(smallWidth + "x" + smallHeight);
            assertThat(developed.width()).isEqualTo(fullWidth);
            assertThat(developed.height()).isEqualTo(fullHeight);
        }
    }

    @Test
    void it_shows_what_the_upload_shows() {
        for (var bytes : new byte[][] {Uploads.jpeg(1000, 500), Uploads.png(1000, 500)}) {
            var developed = developed(bytes);
            for (var variant : Variant.values()) {
                var shown = decoded(developed.in(variant));
                assertThat(isLike(shown, 0.25, 0.5, Color.RED)).isTrue();
                assertThat(isLike(shown, 0.75, 0.5, Color.BLUE)).isTrue();
            }
        }
    }

    @Test
    void what_is_in_the_file_besides_colours_is_gone() {
        var upload = Uploads.talkativeJpeg();
        assertThat(new String(upload, ISO_8859_1)).contains(Uploads.SECRET);
        var developed = developed(upload);
        assertThat(new String(developed.full(), ISO_8859_1)).doesNotContain(Uploads.SECRET);
        assertThat(new String(developed.thumbnail(), ISO_8859_1)).doesNotContain(Uploads.SECRET);
    }

    @Test
    void what_was_taken_upright_is_shown_upright() {
        var developed = developed(Uploads.lyingJpeg(200, 100));
        var shown = decoded(developed.full());
        assertThat(size(developed.full())).isEqualTo("100x200");
        assertThat(isLike(shown, 0.5, 0.25, Color.RED)).isTrue();
        assertThat(isLike(shown, 0.5, 0.75, Color.BLUE)).isTrue();
    }

    @Test
    void what_is_transparent_stays_so() {
        var developed = developed(Uploads.transparentPng(60, 30));
        assertThat(developed.format()).isEqualTo(Format.PNG);
        assertThat(decoded(developed.full()).getRGB(59, 15) >>> 24).isZero();
        assertThat(decoded(developed.full()).getRGB(5, 15) >>> 24).isEqualTo(255);
    }

    @Test
    void webp_is_taken_and_shown_as_something_that_everybody_can_see() {
        var developed = developed(Uploads.WEBP);
        assertThat(developed.format()).isIn(Format.JPEG, Format.PNG);
        assertThat(size(developed.full())).isEqualTo("1x1");
    }

    static Stream<byte[]> nothing_that_we_take() {
        return Stream.of(
                "<html><script>alert(1)</script></html>".getBytes(UTF_8),
                "<svg xmlns=\"http://www.w3.org/2000/svg\"/>".getBytes(UTF_8),
                Uploads.gif(),
                new byte[] {(byte) 0xFF, (byte) 0xD8},
                new byte[0]);
    }

    @ParameterizedTest
    @MethodSource
    void nothing_that_we_take(byte[] bytes) {
        refuses(bytes, Why.UNKNOWN_FORMAT);
    }

    static Stream<byte[]> what_begins_like_a_picture_and_is_none() {
        var jpeg = Uploads.jpeg(100, 100);
        var png = Uploads.png(100, 100);
        return Stream.of(
                Arrays.copyOf(jpeg, 20),
                Arrays.copyOf(png, 40),
                Arrays.copyOf(Uploads.WEBP, 24),
                ByteBuffer.allocate(50).put(jpeg, 0, 4).put("<script>".getBytes(UTF_8)).array(),
                ByteBuffer.allocate(50).put(png, 0, 8).put("<script>".getBytes(UTF_8)).array());
    }

    @ParameterizedTest
    @MethodSource
    void what_begins_like_a_picture_and_is_none(byte[] bytes) {
        refuses(bytes, Why.BROKEN);
    }

    @ParameterizedTest
    @CsvSource({"4001, 1000", "100000, 100000", "2147483647, 2147483647"})
    void a_bomb_does_not_go_off(int width, int height) {
        refuses(Uploads.bomb(width, height), Why.TOO_MANY_PIXELS);
    }

    @Test
    void a_webp_may_not_grow_beyond_what_can_be_decoded_whole() {
        var webp = Uploads.WEBP.clone();
        ByteBuffer.wrap(webp)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(26, (short) 2001)
                .putShort(28, (short) 1000);
        refuses(webp, Why.TOO_MANY_PIXELS);
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_BYTE_INDEXED})
    void texts_in_a_picture_are_not_unpacked(int type) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        developed(Uploads.png(4, 4));
        long before = threads.getTotalThreadAllocatedBytes();
        assertThat(developed(Uploads.verbosePng(type)).width()).isEqualTo(4);
        assertThat(threads.getTotalThreadAllocatedBytes() - before).isLessThan(50_000_000);
    }

    @Test
    void a_webp_is_one_frame_as_large_as_its_canvas() {
        var frame = Uploads.frame(1, 1);
        var webp = Uploads.webp(Uploads.canvas(1, 1), frame);
        assertThat(size(developed(webp).full())).isEqualTo("1x1");

        for (var large : List.of(Uploads.frame(2001, 1000), Uploads.losslessFrame(2001, 1000))) {
            refuses(Uploads.webp(Uploads.canvas(1, 1), large), Why.TOO_MANY_PIXELS);
            refuses(Uploads.webp(Uploads.canvas(1, 1), frame, large), Why.TOO_MANY_PIXELS);
        }
        refuses(Uploads.webp(Uploads.canvas(2001, 1000), frame), Why.TOO_MANY_PIXELS);
        refuses(Uploads.webp(Uploads.canvas(2, 1), frame), Why.BROKEN);
        refuses(Uploads.webp(frame, frame), Why.BROKEN);
        refuses(Uploads.webp(Uploads.canvas(1, 1)), Why.BROKEN);
        refuses(Uploads.webp(Uploads.riff("ANMF", frame)), Why.BROKEN);
        refuses(Uploads.webp(frame, new byte[] {'V', 'P', '8', ' '}), Why.BROKEN);
    }

    @Test
    void what_is_behind_a_webp_does_not_count() {
        var large = Uploads.frame(2001, 1000);
        var webp =
                ByteBuffer.allocate(Uploads.WEBP.length + large.length)
                        .put(Uploads.WEBP)
                        .put(large)
                        .array();
        assertThat(size(developed(webp).full())).isEqualTo("1x1");
    }

    @Test
    @Timeout(10)
    void nobody_waits_inside_a_transaction() throws Exception {
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            workers.submit(() -> darkroom.develop(Uploads.slow(begun, end), it -> it));
            begun.await();
            TransactionSynchronizationManager.setActualTransactionActive(true);
            try {
                assertThatExceptionOfType(Busy.class)
                        .isThrownBy(() -> developed(Uploads.jpeg(4, 4)));
            } finally {
                TransactionSynchronizationManager.setActualTransactionActive(false);
                end.countDown();
            }
        }
    }

    @Test
    @Timeout(8)
    void whoever_waits_hears_of_it_before_the_gateway_gives_up() throws Exception {
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            workers.submit(() -> darkroom.develop(Uploads.slow(begun, end), it -> it));
            begun.await();
            try {
                assertThatExceptionOfType(Busy.class)
                        .isThrownBy(() -> developed(Uploads.jpeg(4, 4)));
            } finally {
                end.countDown();
            }
        }
    }

    @Test
    void an_upload_is_read_no_further_than_it_may_be_long() {
        var large = Arrays.copyOf(Uploads.jpeg(100, 100), 500 * 1024 + 1);
        refuses(large, Why.TOO_LARGE);
        assertThat(developed(Arrays.copyOf(large, 500 * 1024)).width()).isEqualTo(100);
    }

    @Test
    void more_than_can_wait_are_sent_away() throws Exception {
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            var slow = workers.submit(() -> darkroom.develop(Uploads.slow(begun, end), it -> it));
            begun.await();
            var others =
                    Stream.generate(() -> workers.submit(() -> developed(Uploads.jpeg(4, 4))))
                            .limit(30)
                            .toList();
            var sentAway =
                    org.awaitility.Awaitility.await()
                            .until(
                                    () ->
                                            others.stream()
                                                    .filter(it -> it.state() == Future.State.FAILED)
                                                    .toList(),
                                    it -> it.size() >= 20);
            end.countDown();
            assertThat(sentAway)
                    .allSatisfy(it -> assertThat(it.exceptionNow()).isInstanceOf(Busy.class));
            assertThat(slow.get().width()).isEqualTo(4);
        }
    }

    private Developed developed(byte[] bytes) {
        return darkroom.develop(upload(bytes), it -> it);
    }

    private void refuses(byte[] bytes, Why why) {
        assertThatExceptionOfType(BadPicture.class)
                .isThrownBy(() -> developed(bytes))
                .extracting(BadPicture::why)
                .isEqualTo(why);
    }

    private static String size(byte[] picture) {
        var decoded = decoded(picture);
        return decoded.getWidth() + "x" + decoded.getHeight();
    }

    private static boolean isLike(BufferedImage picture, double x, double y, Color expected) {
        var colour =
                new Color(
                        picture.getRGB(
                                (int) (x * picture.getWidth()), (int) (y * picture.getHeight())));
        return Math.abs(colour.getRed() - expected.getRed()) < 30
                && Math.abs(colour.getGreen() - expected.getGreen()) < 30
                && Math.abs(colour.getBlue() - expected.getBlue()) < 30;
    }
}
