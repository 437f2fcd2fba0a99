package duka.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.transaction.support.TransactionTemplate;

@WholeService
class SigningKeysIT {

    @Autowired SigningKeys keys;
    @Autowired IdentityProperties identity;
    @Autowired KeyProperties properties;
    @Autowired Registering registering;
    @Autowired SigningIn signingIn;
    @Autowired JwtDecoder decoder;
    @Autowired AuditLog audit;
    @Autowired JdbcClient jdbc;
    @Autowired TransactionTemplate transaction;
    @Autowired Clock clock;

    @BeforeEach
    @AfterEach
    void begin_anew() {
        jdbc.sql("delete from signing_keys").update();
        replica(Duration.ZERO);
        keys.readAgain();
    }

    @Test
    void a_new_key_is_known_before_it_signs_and_the_old_one_for_as_long_as_its_tokens() {
        var old = keys.signing().getKeyID();

        var next = keys.rotate(Actor.SHOP);

        assertThat(keys.signing().getKeyID()).isEqualTo(old);
        assertThat(ids(keys)).containsExactlyInAnyOrder(old, next.id());

        var whenItSigns = replica(Duration.ofMinutes(11));
        assertThat(whenItSigns.signing().getKeyID()).isEqualTo(next.id());
        assertThat(ids(whenItSigns)).containsExactlyInAnyOrder(old, next.id());

        var whenTheLastOldTokenIsAboutToExpire = replica(Duration.ofMinutes(26));
        assertThat(ids(whenTheLastOldTokenIsAboutToExpire)).contains(old);

        var afterwards = replica(Duration.ofMinutes(31));
        assertThat(ids(afterwards)).containsExactly(next.id());
    }

    @Test
    void tokens_from_before_and_after_are_both_believed() {
        var user = UserFixture.customer(registering);
        var before = signIn(user);
        keys.rotate(Actor.SHOP);
        jdbc.sql("update signing_keys set signs_from = signs_from - interval '10 minutes'")
                .update();
        keys.readAgain();

        var after = signIn(user);

        assertThat(decoder.decode(before).getHeaders().get("kid"))
                .isNotEqualTo(decoder.decode(after).getHeaders().get("kid"));
    }

    @Test
    void of_several_replicas_that_rotate_at_once_all_get_one_key() throws Exception {
        var replicas = IntStream.range(0, 4).mapToObj(_ -> replica(Duration.ZERO)).toList();

        try (var together = Executors.newFixedThreadPool(4)) {
            var made =
                    together
                            .invokeAll(
                                    replicas.stream()
                                            .<Callable<String>>map(
                                                    it -> () -> it.rotate(Actor.SHOP).id())
                                            .toList())
                            .stream()
                            .map(Future::resultNow)
                            .distinct();
            assertThat(made).hasSize(1);
        }
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void a_key_is_replaced_when_its_time_is_up_and_not_before() {
        replica(Duration.ofDays(29)).rotateWhenDue();
        assertThat(count()).isEqualTo(1);

        var late = replica(Duration.ofDays(31));
        late.rotateWhenDue();
        late.rotateWhenDue();
        assertThat(count()).isEqualTo(2);
    }

    @Test
    void what_nobody_can_use_any_more_is_not_kept() {
        keys.rotate(Actor.SHOP);

        replica(Duration.ofHours(1)).rotateWhenDue();

        assertThat(count()).isEqualTo(1);
    }

    @Test
    void the_audit_log_knows_who_did_it() {
        var admin = new Actor(new UserId(UUID.randomUUID()), null, null, null);

        var next = keys.rotate(admin);
        keys.rotate(admin);

        assertThat(
                        audit.list(
                                new AuditSearch(
                                        Act.SIGNING_KEY_ROTATED,
                                        admin.id().value(),
                                        null,
                                        null,
                                        null,
                                        null),
                                "id",
                                10,
                                0))
                .extracting(AuditEntry::details)
                .containsExactly("to key " + next.id());
    }

    private SigningKeys replica(Duration later) {
        var replica =
                new SigningKeys(
                        jdbc, transaction, audit, Clock.offset(clock, later), identity, properties);
        replica.start();
        return replica;
    }

    private static List<String> ids(SigningKeys keys) {
        return keys.published().getKeys().stream().map(JWK::getKeyID).toList();
    }

    private long count() {
        return jdbc.sql("select count(*) from signing_keys").query(Long.class).single();
    }

    private String signIn(User user) {
        return signingIn
                .signIn(
                        Objects.requireNonNull(user.email()),
                        UserFixture.PASSWORD,
                        UserFixture.SOMEWHERE)
                .orElseThrow()
                .access();
    }
}
