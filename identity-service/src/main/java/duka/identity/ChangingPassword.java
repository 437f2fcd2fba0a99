package duka.identity;

import duka.identity.PasswordRefused.Why;
import duka.identity.Proofs.Purpose;
import duka.jobs.TooMuchWork;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * How somebody gets another password: with the one they have, with a code that was mailed to them,
 * or with a token that was. All of them end all of the account's sessions. No database connection
 * is held while passwords are hashed.
 */
@Service
public class ChangingPassword {

    private static final Logger log = LoggerFactory.getLogger(ChangingPassword.class);

    private final Users users;
    private final Passwords passwords;
    private final Sessions sessions;
    private final Proofs proofs;
    private final PasswordCodes codes;
    private final Mailing mailing;
    private final Guard guard;
    private final AuditLog audit;
    private final TransactionTemplate transaction;

    ChangingPassword(
            Users users,
            Passwords passwords,
            Sessions sessions,
            Proofs proofs,
            PasswordCodes codes,
            Mailing mailing,
            Guard guard,
            AuditLog audit,
            TransactionTemplate transaction) {
        this.users = users;
        this.passwords = passwords;
        this.sessions = sessions;
        this.proofs = proofs;
        this.codes = codes;
        this.mailing = mailing;
        this.guard = guard;
        this.audit = audit;
        this.transaction = transaction;
    }

    /**
     * @throws PasswordRefused if the current one is wrong or the next one the same
     * @throws TooManyTries if the current one has been guessed at
     * @throws WeakPassword if the next one would not protect the account
     */
    public void change(UserId id, String current, String next, Actor actor) {
        guard.beforeCurrentPassword(id);
        var kept = users.passwordHash(id);
        if (!isCurrent(id, current, kept)) {
            transaction.executeWithoutResult(
                    _ -> audit.add(Act.PASSWORD_CHANGE_FAILED, actor, id, "wrong password"));
            throw new PasswordRefused(Why.WRONG_CURRENT);
        }
        guard.afterCurrentPassword(id);
        replace(id, kept.orElseThrow(), next, actor, "with the one before", () -> true);
    }

    /**
     * Mails a code that lets the password be changed.
     *
     * @throws EmailNotVerified if it might go to somebody else
     * @throws TooManyTries if enough of them are on their way
     */
    public void askForCode(UserId id) {
        var user = users.find(id).orElseThrow(() -> new NoSuchUser(id));
        if (!user.emailVerified()) {
            throw new EmailNotVerified();
        }
        guard.beforeMail("code", id);
        transaction.executeWithoutResult(_ -> mailing.passwordCode(id, codes.make(id)));
    }

    /**
     * The right code lets the password be changed for a short while, once, in this session.
     *
     * @throws PasswordRefused if it is not the one, or there is none (any more)
     */
    public void giveCode(UserId id, String code, Actor actor) {
        var tried =
                Objects.requireNonNull(
                        transaction.execute(_ -> codes.tryOut(id, actor.session(), code)));
        switch (tried) {
            case RIGHT -> {}
            case WRONG -> {
                transaction.executeWithoutResult(
                        _ -> audit.add(Act.PASSWORD_CHANGE_FAILED, actor, id, "wrong code"));
                throw new PasswordRefused(Why.WRONG_CODE);
            }
            case NO_CODE -> throw new PasswordRefused(Why.NO_CODE);
        }
    }

    /**
     * @throws PasswordRefused if no code was given in this session lately, or the next password is
     *     the same
     * @throws WeakPassword if it would not protect the account
     */
    public void changeWithCode(UserId id, String next, Actor actor) {
        if (!codes.allows(id, actor.session())) {
            throw new PasswordRefused(Why.NOT_ALLOWED);
        }
        var kept = users.passwordHash(id).orElseThrow(() -> new PasswordRefused(Why.NOT_ALLOWED));
        replace(
                id,
                kept,
                next,
                actor,
                "with a mailed code",
                () -> codes.useUp(id, actor.session()));
    }

    /**
     * Whoever has the token that was mailed has the mailbox, and so the account.
     *
     * @throws BadToken if it is not good, or not any more
     * @throws WeakPassword if the password would not protect the account
     */
    public void reset(String token, String next, Actor actor) {
        var proof =
                proofs.find(token, Purpose.RESET_PASSWORD).orElseThrow(() -> new BadToken(false));
        if (proof.used() || proof.expired()) {
            throw new BadToken(proof.expired() && !proof.used());
        }
        var id = proof.user();
        var hash = passwords.hash(next, "new_password");
        transaction.executeWithoutResult(
                _ -> {
                    var user =
                            users.lock(id)
                                    .filter(User::active)
                                    .orElseThrow(() -> new BadToken(false));
                    if (!proofs.use(token, Purpose.RESET_PASSWORD)) {
                        throw new BadToken(false);
                    }
                    users.setPassword(id, hash);
                    users.update(user.withEmailVerified(true));
                    guard.forgive(user, actor.address());
                    follow(id);
                    audit.add(Act.PASSWORD_RESET, actor, id);
                });
        log.info("user {} has reset their password", id);
    }

    private boolean isCurrent(UserId id, String password, Optional<String> kept) {
        try {
            return passwords.matches(password, kept);
        } catch (TooMuchWork e) {
            guard.insteadOfCurrentPassword(id);
            throw e;
        }
    }

    private void replace(
            UserId id,
            String kept,
            String next,
            Actor actor,
            String how,
            BooleanSupplier permission) {
        var hash = passwords.hash(next, "new_password");
        if (passwords.matches(next, Optional.of(kept))) {
            throw new PasswordRefused(Why.SAME_AS_CURRENT);
        }
        transaction.executeWithoutResult(
                _ -> {
                    if (!permission.getAsBoolean()) {
                        throw new PasswordRefused(Why.NOT_ALLOWED);
                    }
                    if (!users.replacePassword(id, kept, hash)) {
                        throw new PasswordRefused(Why.WRONG_CURRENT);
                    }
                    follow(id);
                    audit.add(Act.PASSWORD_CHANGED, actor, id, how);
                });
        log.info("user {} has changed their password {}", id, how);
    }

    /** Whoever got in with the old password, or has a way to another one, is out. */
    private void follow(UserId id) {
        proofs.useAllOf(id, Purpose.RESET_PASSWORD);
        codes.forget(id);
        sessions.endAllOf(id);
        mailing.passwordChanged(id);
    }
}
