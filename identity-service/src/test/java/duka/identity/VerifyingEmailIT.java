package duka.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import duka.identity.VerifyingEmail.Resent;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@WholeService
class VerifyingEmailIT {

    @Autowired Registering registering;
    @Autowired AccountKeeping accounts;
    @Autowired VerifyingEmail verifying;
    @Autowired SentMails.Mails mails;
    @Autowired JdbcClient jdbc;
    @Autowired Proofs proofs;

    @Test
    void who_signs_up_is_welcomed_and_asked_to_verify_their_address() {
        var user = UserFixture.customer(registering);

        assertThat(mails.of(user.id())).hasSize(2).first().isEqualTo("welcome");
        assertThat(accounts.find(user.id()).emailVerified()).isFalse();

        verifying.verify(mails.last(user.id(), "verify"), UserFixture.SOMEWHERE);
        assertThat(accounts.find(user.id()).emailVerified()).isTrue();
    }

    @Test
    void who_has_no_address_is_mailed_nothing() {
        var user =
                registering.register(
                        UserFixture.someName(),
                        null,
                        UserFixture.PASSWORD,
                        UserFixture.NOBODY,
                        UserFixture.SOMEWHERE);

        assertThat(mails.of(user.id())).isEmpty();
        assertThat(verifying.resend(user.id())).isEqualTo(Resent.NO_ADDRESS);
    }

    @Test
    void opening_the_link_twice_is_as_good_as_once() {
        var user = UserFixture.customer(registering);
        var token = mails.last(user.id(), "verify");

        verifying.verify(token, UserFixture.SOMEWHERE);
        verifying.verify(token, UserFixture.SOMEWHERE);

        assertThat(accounts.find(user.id()).emailVerified()).isTrue();
        assertThat(
                        jdbc.sql(
                                        """
                                        select count(*) from audit_log
                                         where act = 'EMAIL_VERIFIED' and subject_id = ?
                                        """)
                                .param(user.id().value())
                                .query(Long.class)
                                .single())
                .isEqualTo(1);
    }

    @Test
    void a_token_that_is_too_late_or_none_verifies_nothing() {
        var user = UserFixture.customer(registering);
        jdbc.sql("update proofs set expires_at = now() where user_id = ?")
                .param(user.id().value())
                .update();

        assertThatExceptionOfType(BadToken.class)
                .isThrownBy(
                        () ->
                                verifying.verify(
                                        mails.last(user.id(), "verify"), UserFixture.SOMEWHERE))
                .matches(BadToken::isExpired);
        assertThatExceptionOfType(BadToken.class)
                .isThrownBy(() -> verifying.verify("nonsense", UserFixture.SOMEWHERE))
                .matches(bad -> !bad.isExpired());
        assertThat(accounts.find(user.id()).emailVerified()).isFalse();
    }

    @Test
    void who_is_much_too_late_is_told_no_more_than_that_there_is_no_such_token() {
        var token = mails.last(UserFixture.customer(registering).id(), "verify");
        jdbc.sql("update proofs set expires_at = now() - interval '6 days'").update();
        proofs.forgetExpired();
        assertThat(isExpired(token)).isTrue();

        jdbc.sql("update proofs set expires_at = now() - interval '8 days'").update();
        proofs.forgetExpired();
        assertThat(isExpired(token)).isFalse();
        assertThat(jdbc.sql("select count(*) from proofs").query(Long.class).single()).isZero();
    }

    private boolean isExpired(String token) {
        return catchThrowableOfType(
                        BadToken.class, () -> verifying.verify(token, UserFixture.SOMEWHERE))
                .isExpired();
    }

    @Test
    void another_mail_is_sent_when_asked_for_but_not_without_end() {
        var user = UserFixture.customer(registering);
        var first = mails.last(user.id(), "verify");

        for (int i = 0; i < 5; i++) {
            assertThat(verifying.resend(user.id())).isEqualTo(Resent.SENT);
        }
        assertThatExceptionOfType(TooManyTries.class).isThrownBy(() -> verifying.resend(user.id()));

        verifying.verify(first, UserFixture.SOMEWHERE);
        assertThat(verifying.resend(user.id())).isEqualTo(Resent.VERIFIED_ALREADY);
    }
}
