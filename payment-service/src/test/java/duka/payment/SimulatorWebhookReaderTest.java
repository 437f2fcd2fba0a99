package duka.payment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SimulatorWebhookReaderTest {

    static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    static final String SECRET = "whsec";

    final SimulatorWebhookReader reader =
            new SimulatorWebhookReader(
                    new SimulatorProperties(
                            URI.create("http://simulator"),
                            "key",
                            SECRET,
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(1),
                            1),
                    JsonMapper.builder().build(),
                    Clock.fixed(NOW, ZoneOffset.UTC));

    final UUID order = UUID.randomUUID();
    final byte[] body = "{\"id\":\"evt_1\",\"reference\":\"%s\"}".formatted(order).getBytes(UTF_8);

    @Test
    void a_signed_webhook_is_genuine_and_names_its_order() {
        assertThat(isGenuine(signature(SECRET, NOW, body), body)).isTrue();
        assertThat(reader.orderOf(body)).contains(order);
    }

    @Test
    void a_byte_more_makes_it_a_forgery() {
        assertThat(
                        isGenuine(
                                signature(SECRET, NOW, body),
                                (new String(body, UTF_8) + " ").getBytes(UTF_8)))
                .isFalse();
    }

    @Test
    void another_secret_makes_it_a_forgery() {
        assertThat(isGenuine(signature("guessed", NOW, body), body)).isFalse();
    }

    @Test
    void a_recording_is_refused_after_five_minutes() {
        var fiveMinutes = Duration.ofMinutes(5);
        assertThat(isGenuine(signature(SECRET, NOW.minus(fiveMinutes), body), body)).isTrue();
        assertThat(isGenuine(signature(SECRET, NOW.minus(fiveMinutes).minusSeconds(1), body), body))
                .isFalse();
        assertThat(isGenuine(signature(SECRET, NOW.plus(fiveMinutes).plusSeconds(1), body), body))
                .isFalse();
    }

    @Test
    void what_is_no_signature_proves_nothing() {
        assertThat(isGenuine(null, body)).isFalse();
        assertThat(isGenuine("", body)).isFalse();
        assertThat(isGenuine("t=99999999999999999999,v1=00", body)).isFalse();
        assertThat(isGenuine("t=1,v1=zz", body)).isFalse();
    }

    @Test
    void what_makes_no_sense_names_no_order() {
        assertThat(reader.orderOf("{".getBytes(UTF_8))).isEmpty();
        assertThat(reader.orderOf("null".getBytes(UTF_8))).isEmpty();
        assertThat(reader.orderOf("{\"reference\":\"x\"}".getBytes(UTF_8))).isEmpty();
    }

    private boolean isGenuine(String signature, byte[] received) {
        return reader.isGenuine(
                header -> header.equals("Simulator-Signature") ? signature : null, received);
    }

    static String signature(String secret, Instant at, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(UTF_8), "HmacSHA256"));
            mac.update((at.getEpochSecond() + ".").getBytes(UTF_8));
            return "t=%d,v1=%s"
                    .formatted(at.getEpochSecond(), HexFormat.of().formatHex(mac.doFinal(body)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
