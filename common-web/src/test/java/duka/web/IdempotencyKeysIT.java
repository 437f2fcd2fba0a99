package duka.web;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import duka.testing.Infrastructure;
import duka.testing.Parallel;
import duka.web.IdempotencyKeys.Answer;
import duka.web.IdempotencyKeys.Claim;
import duka.web.sample.SampleApplication;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Answers are kept for a while, and not for ever. */
@SpringBootTest(classes = SampleApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT)
@Import({Infrastructure.class, TestTokens.class})
class IdempotencyKeysIT {

    /** A statement that was used so often is kept prepared by the server. */
    private static final int OFTEN = 6;

    @Autowired IdempotencyKeys keys;
    @Autowired JdbcClient jdbc;

    @Test
    void what_is_too_old_is_deleted_and_nothing_else() {
        keys.prune();
        var old = kept();
        var young = kept();
        expire(old);

        assertThat(keys.prune()).isOne();

        assertThat(claim(young)).isInstanceOf(Claim.Answered.class);
        assertThat(claim(old)).isInstanceOf(Claim.Free.class);
    }

    @Test
    void deleting_waits_for_nobody_who_is_just_giving_an_old_key_a_new_answer() {
        keys.prune();
        var busy = kept();
        expire(busy);
        expire(kept());

        var pruned =
                keys.guarded(
                        _ -> {
                            expire(busy);
                            return Parallel.start(keys::prune).orTimeout(10, SECONDS).join();
                        });

        assertThat(pruned).isOne();
        assertThat(keys.prune()).isOne();
    }

    @Test
    void keys_are_found_on_the_same_connection_when_a_newer_version_adds_a_column() {
        var id = kept();

        keys.guarded(
                release -> {
                    for (int time = 0; time < OFTEN; time++) {
                        keys.claim(id);
                    }
                    addColumn();

                    assertThat(keys.claim(id)).isInstanceOf(Claim.Answered.class);
                    release.setRollbackOnly();
                    return id;
                });
    }

    /** In a block, for of a statement that alters a table by itself the driver takes note. */
    private void addColumn() {
        jdbc.sql("do $$ begin alter table idempotency_keys add column later int; end $$").update();
    }

    private void expire(byte[] id) {
        jdbc.sql("update idempotency_keys set expires_at = now() where id = ?").param(id).update();
    }

    private byte[] kept() {
        var id = UUID.randomUUID().toString().getBytes();
        keys.keep(id, new Answer(id, 201, null, null, null, new byte[0]));
        return id;
    }

    private Claim claim(byte[] id) {
        return keys.guarded(_ -> keys.claim(id));
    }
}
