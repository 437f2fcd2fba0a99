package duka.identity;

import duka.identity.Proofs.Purpose;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How somebody shows that their email address is theirs. */
@Service
@Transactional
public class VerifyingEmail {

    private static final Logger log = LoggerFactory.getLogger(VerifyingEmail.class);

    private final Users users;
    private final Proofs proofs;
    private final Mailing mailing;
    private final Guard guard;
    private final AuditLog audit;
    private final ProofProperties properties;

    VerifyingEmail(
            Users users,
            Proofs proofs,
            Mailing mailing,
            Guard guard,
            AuditLog audit,
            ProofProperties properties) {
        this.users = users;
        this.proofs = proofs;
        this.mailing = mailing;
        this.guard = guard;
        this.audit = audit;
        this.properties = properties;
    }

    /** How asking for another mail ends. */
    public enum Resent {
        SENT,
        VERIFIED_ALREADY,
        NO_ADDRESS
    }

    /**
     * A link that is opened twice, by a mail program first and then by its reader, is fine both
     * times.
     *
     * @throws BadToken if it is not good, or not any more
     */
    public void verify(String token, Actor actor) {
        var proof = proofs.find(token, Purpose.VERIFY_EMAIL).orElseThrow(() -> new BadToken(false));
        var user = users.lock(proof.user()).orElseThrow(() -> new BadToken(false));
        if (user.emailVerified()) {
            return;
        }
        if (!proofs.use(token, Purpose.VERIFY_EMAIL)) {
            throw new BadToken(proof.expired());
        }
        users.update(user.withEmailVerified(true));
        audit.add(Act.EMAIL_VERIFIED, actor, user.id(), "by mail");
        log.info("{} has verified their email address", user);
    }

    /**
     * @throws TooManyTries if enough of them are on their way
     */
    public Resent resend(UserId id) {
        var user = users.lock(id).orElseThrow(() -> new NoSuchUser(id));
        if (user.emailVerified()) {
            return Resent.VERIFIED_ALREADY;
        } else if (user.email() == null) {
            return Resent.NO_ADDRESS;
        }
        guard.beforeMail("verification", id);
        ask(id);
        return Resent.SENT;
    }

    void ask(UserId id) {
        mailing.verifyEmail(id, proofs.make(id, Purpose.VERIFY_EMAIL, properties.email()));
    }
}
