package duka.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import duka.identity.SigningIn.Tokens;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.redis.connection.RedisStandaloneConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.transaction.support.TransactionTemplate;

@WholeService
class KeepingSessionsIT {

    private static final Actor PHONE = new Actor(null, null, "198.51.100.1", "a phone");
    private static final Actor LAPTOP = new Actor(null, null, "198.51.100.2", "a laptop");

    @Autowired Registering registering;
    @Autowired SigningIn signingIn;
    @Autowired KeepingSessions keeping;
    @Autowired AccountKeeping accounts;
    @Autowired RevokedSessions revoked;
    @Autowired StringRedisTemplate redis;
    @Autowired IdentityProperties properties;
    @Autowired TransactionTemplate transaction;
    @Autowired JwtDecoder decoder;
    @Autowired JdbcClient jdbc;
    @Autowired Clock clock;

    @Test
    void one_sees_where_one_is_signed_in() {
        var user = UserFixture.customer(registering);
        var phone = signIn(user, PHONE);
        var laptop = signIn(user, LAPTOP);
        signingIn.refresh(phone.refresh(), PHONE);

        assertThat(keeping.count(user.id())).isEqualTo(2);
        assertThat(keeping.list(user.id(), 10, 0))
                .extracting(Session::id, Session::userAgent, Session::address)
                .containsExactly(
                        tuple(session(phone), "a phone", "198.51.100.1"),
                        tuple(session(laptop), "a laptop", "198.51.100.2"));
    }

    @Test
    void all_tokens_of_a_session_name_it() {
        var first = signIn(UserFixture.customer(registering), PHONE);
        var next = signingIn.refresh(first.refresh(), PHONE).orElseThrow();

        assertThat(session(next)).isEqualTo(session(first));
    }

    @Test
    void a_revoked_session_is_over_and_the_gateway_knows() {
        var user = UserFixture.customer(registering);
        var phone = signIn(user, PHONE);
        var laptop = signIn(user, LAPTOP);

        assertThat(keeping.revoke(user.id(), session(phone), PHONE)).isTrue();
        assertThat(keeping.revoke(user.id(), session(phone), PHONE)).isFalse();

        assertThat(isRevoked(phone)).isTrue();
        assertThat(redis.getExpire(key(phone), TimeUnit.SECONDS)).isBetween(900L, 1020L);
        assertThat(isRevoked(laptop)).isFalse();
        assertThat(signingIn.refresh(phone.refresh(), PHONE)).isEmpty();
        assertThat(signingIn.refresh(laptop.refresh(), LAPTOP)).isPresent();
        assertThat(keeping.list(user.id(), 10, 0))
                .extracting(Session::id)
                .containsExactly(session(laptop));
    }

    @Test
    void nobody_revokes_the_session_of_another() {
        var phone = signIn(UserFixture.customer(registering), PHONE);
        var other = UserFixture.customer(registering);

        assertThat(keeping.revoke(other.id(), session(phone), LAPTOP)).isFalse();

        assertThat(isRevoked(phone)).isFalse();
        assertThat(signingIn.refresh(phone.refresh(), PHONE)).isPresent();
    }

    @Test
    void signing_out_everywhere_ends_all() {
        var user = UserFixture.customer(registering);
        var phone = signIn(user, PHONE);
        var laptop = signIn(user, LAPTOP);

        keeping.revokeAll(user.id(), PHONE);

        assertThat(isRevoked(phone)).isTrue();
        assertThat(isRevoked(laptop)).isTrue();
        assertThat(keeping.count(user.id())).isZero();
    }

    @Test
    void signing_out_and_a_stolen_token_revoke_too() {
        var user = UserFixture.customer(registering);
        var left = signIn(user, PHONE);
        var stolen = signIn(user, LAPTOP);
        signingIn.refresh(stolen.refresh(), LAPTOP);

        signingIn.signOut(left.refresh(), PHONE);
        signingIn.refresh(stolen.refresh(), LAPTOP);

        assertThat(isRevoked(left)).isTrue();
        assertThat(isRevoked(stolen)).isTrue();
    }

    @Test
    void who_is_deactivated_or_loses_a_role_is_out_at_once() {
        var deactivated = UserFixture.customer(registering);
        var demoted = UserFixture.customer(registering);
        accounts.giveRoles(demoted.id(), Set.of(Role.CUSTOMER, Role.STORE_MANAGER), Actor.SHOP);
        var one = signIn(deactivated, PHONE);
        var other = signIn(demoted, PHONE);

        accounts.deactivate(deactivated.id(), Actor.SHOP);
        accounts.giveRoles(demoted.id(), Set.of(Role.CUSTOMER), Actor.SHOP);

        assertThat(isRevoked(one)).isTrue();
        assertThat(isRevoked(other)).isTrue();
    }

    @Test
    void what_is_rolled_back_has_not_ended() {
        var user = UserFixture.customer(registering);
        var phone = signIn(user, PHONE);

        transaction.executeWithoutResult(
                status -> {
                    keeping.revokeAll(user.id(), PHONE);
                    status.setRollbackOnly();
                });

        assertThat(isRevoked(phone)).isFalse();
        assertThat(signingIn.refresh(phone.refresh(), PHONE)).isPresent();
    }

    @Test
    void redis_may_be_away_and_is_told_later() {
        var connections =
                new LettuceConnectionFactory(
                        new RedisStandaloneConfiguration("localhost", 1),
                        LettuceClientConfiguration.builder()
                                .commandTimeout(Duration.ofMillis(300))
                                .build());
        connections.afterPropertiesSet();
        connections.start();
        var away =
                new RevokedSessions(new StringRedisTemplate(connections), jdbc, clock, properties);
        var phone = signIn(UserFixture.customer(registering), PHONE);

        transaction.executeWithoutResult(_ -> away.add(List.of(session(phone))));
        connections.destroy();
        assertThat(isRevoked(phone)).isFalse();

        jdbc.sql("update sessions set ended_at = ? where id = ?")
                .param(clock.instant().atOffset(ZoneOffset.UTC))
                .param(session(phone))
                .update();
        revoked.tellAgain();
        assertThat(isRevoked(phone)).isTrue();
    }

    private boolean isRevoked(Tokens tokens) {
        return Boolean.TRUE.equals(redis.hasKey(key(tokens)));
    }

    private String key(Tokens tokens) {
        return "revoked:" + session(tokens);
    }

    private UUID session(Tokens tokens) {
        return UUID.fromString(decoder.decode(tokens.access()).getClaimAsString("sid"));
    }

    private Tokens signIn(User user, Actor from) {
        return signingIn
                .signIn(Objects.requireNonNull(user.email()), UserFixture.PASSWORD, from)
                .orElseThrow();
    }
}
