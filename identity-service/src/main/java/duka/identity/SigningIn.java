package duka.identity;

import duka.identity.Attempts.Wait;
import duka.identity.Guard.Leave;
import duka.identity.Sessions.Turn;
import duka.identity.Users.Credentials;
import duka.jobs.TooMuchWork;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** How somebody with an account gets tokens, keeps getting them, and stops. */
@Service
public class SigningIn {

    private static final Logger log = LoggerFactory.getLogger(SigningIn.class);

    /**
     * What somebody is given who is signed in.
     *
     * @param access proves who they are to every service, for a short while
     * @param refresh gets the next pair, once
     */
    public record Tokens(User user, String access, String refresh, Duration goodFor) {}

    private final Users users;
    private final Passwords passwords;
    private final Sessions sessions;
    private final AccessTokens accessTokens;
    private final Guard guard;
    private final AuditLog audit;
    private final TransactionTemplate transaction;
    private final IdentityProperties properties;

    SigningIn(
            Users users,
            Passwords passwords,
            Sessions sessions,
            AccessTokens accessTokens,
            Guard guard,
            AuditLog audit,
            TransactionTemplate transaction,
            IdentityProperties properties) {
        this.users = users;
        this.passwords = passwords;
        this.sessions = sessions;
        this.accessTokens = accessTokens;
        this.guard = guard;
        this.audit = audit;
        this.transaction = transaction;
        this.properties = properties;
    }

    /**
     * Nothing tells whether the name or the password is wrong, or the account inactive. No database
     * connection is held while the password is checked.
     *
     * @param name username or email address
     * @throws TooManyTries if it has been guessed at
     * @throws TooMuchWork if too many others sign in just now
     */
    public Optional<Tokens> signIn(String name, String password, Actor from) {
        var credentials = users.credentialsOf(name, from.address());
        var user = credentials.map(Credentials::id).orElse(null);
        var leave = guard.beforeSignIn(name, from.address());
        if (leave instanceof Leave.None(var wait)) {
            throw tooMany(wait, from, user);
        }
        boolean right;
        try {
            right = passwords.matches(password, credentials.map(Credentials::passwordHash));
        } catch (TooMuchWork e) {
            guard.insteadOfSignIn(name, from.address(), leave);
            throw e;
        }
        if (leave instanceof Leave.OwnerOnly(var wait)
                && !(right && credentials.map(Credentials::familiar).orElse(false))) {
            throw tooMany(wait, from, user);
        }
        var tokens =
                right ? credentials.flatMap(known -> begin(known, from)) : Optional.<Tokens>empty();
        if (tokens.isEmpty()) {
            transaction.executeWithoutResult(_ -> audit.add(Act.SIGN_IN_FAILED, from, user));
            return tokens;
        }
        guard.afterSignIn(name, from.address(), leave);
        return tokens;
    }

    private TooManyTries tooMany(Wait wait, Actor from, @Nullable UserId user) {
        if (wait.first()) {
            transaction.executeWithoutResult(_ -> audit.add(Act.SIGN_IN_THROTTLED, from, user));
        }
        return new TooManyTries(wait.time());
    }

    /** Empty, if the token gives no right to new ones (any more). */
    public Optional<Tokens> refresh(String refreshToken, Actor from) {
        return inTransaction(
                () ->
                        switch (sessions.turn(refreshToken, from)) {
                            case Turn.On(var id, var session, var next) ->
                                    users.find(id)
                                            .filter(User::active)
                                            .map(user -> tokens(user, session, next));
                            case Turn.Stolen(var id) -> {
                                log.warn("a refresh token of user {} was used again", id);
                                audit.add(Act.REFRESH_TOKEN_REUSED, from, id);
                                yield Optional.empty();
                            }
                            case Turn.Refused(var why) -> {
                                log.info("refresh token refused: {}", why);
                                yield Optional.empty();
                            }
                        });
    }

    /** An unknown token belongs to nobody who is signed in: that is what was wanted. */
    public void signOut(String refreshToken, Actor from) {
        transaction.executeWithoutResult(
                _ ->
                        sessions.endOf(refreshToken)
                                .ifPresent(user -> audit.add(Act.SIGNED_OUT, from.as(user), user)));
    }

    private Optional<Tokens> begin(Credentials checked, Actor from) {
        var id = checked.id();
        return inTransaction(
                () ->
                        sessions.begin(id, checked.passwordHash(), from)
                                .flatMap(
                                        begun -> {
                                            audit.add(Act.SIGNED_IN, from.as(id), id);
                                            return users.find(id)
                                                    .map(
                                                            user ->
                                                                    tokens(
                                                                            user,
                                                                            begun.session(),
                                                                            begun.token()));
                                        }));
    }

    private Tokens tokens(User user, UUID session, String refreshToken) {
        return new Tokens(
                user, accessTokens.issue(user, session), refreshToken, properties.accessTokens());
    }

    private <T> Optional<T> inTransaction(Supplier<Optional<T>> work) {
        var result = transaction.execute(_ -> work.get());
        return result == null ? Optional.empty() : result;
    }
}
