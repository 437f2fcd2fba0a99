package duka.identity;

import duka.identity.Sessions.Turn;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
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
    private final TransactionTemplate transaction;
    private final IdentityProperties properties;

    SigningIn(
            Users users,
            Passwords passwords,
            Sessions sessions,
            AccessTokens accessTokens,
            TransactionTemplate transaction,
            IdentityProperties properties) {
        this.users = users;
        this.passwords = passwords;
        this.sessions = sessions;
        this.accessTokens = accessTokens;
        this.transaction = transaction;
        this.properties = properties;
    }

    /**
     * Nothing tells whether the name or the password is wrong, or the account inactive. No database
     * connection is held while the password is checked.
     *
     * @param name username or email address
     */
    public Optional<Tokens> signIn(String name, String password) {
        var credentials = users.credentialsOf(name);
        if (!passwords.matches(password, credentials.map(Users.Credentials::passwordHash))) {
            return Optional.empty();
        }
        return credentials.flatMap(known -> begin(known.id()));
    }

    /** Empty, if the token gives no right to new ones (any more). */
    public Optional<Tokens> refresh(String refreshToken) {
        return inTransaction(
                () ->
                        switch (sessions.turn(refreshToken)) {
                            case Turn.On(var id, var next) ->
                                    users.find(id)
                                            .filter(User::active)
                                            .map(user -> tokens(user, next));
                            case Turn.Ended(var why) -> {
                                log.info("refresh token refused: {}", why);
                                yield Optional.empty();
                            }
                        });
    }

    /** An unknown token belongs to nobody who is signed in: that is what was wanted. */
    public void signOut(String refreshToken) {
        sessions.endOf(refreshToken);
    }

    private Optional<Tokens> begin(UserId id) {
        return inTransaction(
                () ->
                        sessions.begin(id)
                                .flatMap(token -> users.find(id).map(user -> tokens(user, token))));
    }

    private Tokens tokens(User user, String refreshToken) {
        return new Tokens(user, accessTokens.issue(user), refreshToken, properties.accessTokens());
    }

    private <T> Optional<T> inTransaction(Supplier<Optional<T>> work) {
        var result = transaction.execute(_ -> work.get());
        return result == null ? Optional.empty() : result;
    }
}
