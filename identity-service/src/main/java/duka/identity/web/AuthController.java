package duka.identity.web;

import duka.identity.Profile;
import duka.identity.Registering;
import duka.identity.SigningIn;
import duka.identity.SigningIn.Tokens;
import duka.web.Refused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/auth")
@Tag(name = "auth")
class AuthController {

    private final Registering registering;
    private final SigningIn signingIn;

    AuthController(Registering registering, SigningIn signingIn) {
        this.registering = registering;
        this.signingIn = signingIn;
    }

    /**
     * A username, an email address or both. What else a body has, a role say, counts for nothing.
     */
    record Registration(
            @Size(max = 150)
                    @Pattern(
                            regexp = "[\\p{L}\\p{N}._+@ -]*",
                            message = "must have letters, digits and . _ + - only")
                    @Nullable String username,
            @Size(max = 254) @Email @Nullable String email,
            @NotNull @Size(max = 200) String password,
            @Size(max = 150)
                    @Pattern(regexp = ProfileForm.ONE_LINE, message = ProfileForm.ONE_LINE_ONLY)
                    @Nullable String firstName,
            @Size(max = 150)
                    @Pattern(regexp = ProfileForm.ONE_LINE, message = ProfileForm.ONE_LINE_ONLY)
                    @Nullable String lastName,
            @Size(max = 20) @Pattern(regexp = ProfileForm.PHONE, message = ProfileForm.PHONE_ONLY)
                    @Nullable String phoneNumber) {

        Registration {
            username = blankToNull(username);
            email = blankToNull(email);
            if (email == null && username != null && username.contains("@")) {
                email = username;
            }
            if (username != null && username.contains("@") && username.equalsIgnoreCase(email)) {
                username = null; // a name with @ in it is an address
            }
        }

        Profile profile() {
            return Profile.named(
                    ProfileForm.given(firstName),
                    ProfileForm.given(lastName),
                    ProfileForm.given(phoneNumber));
        }
    }

    record Credentials(
            @Size(max = 254) @Nullable String username,
            @Size(max = 254) @Nullable String email,
            @NotNull @Size(max = 1000) String password) {

        @Nullable String name() {
            var name = blankToNull(email);
            return name != null ? name : blankToNull(username);
        }
    }

    /** The two shops before this one called it differently. */
    record RefreshToken(
            @Size(max = 1000) @Nullable String refresh,
            @Size(max = 1000) @Nullable String refreshToken) {

        String value() {
            var value = refresh != null ? refresh : refreshToken;
            if (value == null || value.isBlank()) {
                throw Problems.invalid("refresh", "is required");
            }
            return value.strip();
        }
    }

    /**
     * @param expiresIn seconds that the access token is good for
     */
    record SignedIn(
            String access, String refresh, String tokenType, long expiresIn, UserView user) {

        static SignedIn with(Tokens tokens) {
            return new SignedIn(
                    tokens.access(),
                    tokens.refresh(),
                    "Bearer",
                    tokens.goodFor().toSeconds(),
                    UserView.of(tokens.user()));
        }
    }

    @PostMapping("/register")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            summary = "Sign up",
            description =
                    "As a customer. 409 if the username or email address is taken; the password needs "
                            + "8 characters, one of them a digit, and must not be a common one.")
    UserView register(@Valid @RequestBody Registration wish) {
        if (wish.username() == null && wish.email() == null) {
            throw Problems.invalid("email", "is required, or a username");
        }
        if (wish.username() != null && wish.username().contains("@")) {
            throw Problems.invalid("username", "must not contain @, or be the email address");
        }
        return UserView.of(
                registering.register(
                        wish.username(), wish.email(), wish.password(), wish.profile()));
    }

    @PostMapping("/token")
    @Operation(
            summary = "Sign in",
            description =
                    "By username or email address, in either field. 401 if they do not match.")
    SignedIn signIn(@Valid @RequestBody Credentials credentials) {
        var name = credentials.name();
        if (name == null) {
            throw Problems.invalid("username", "is required, or an email");
        }
        return signingIn
                .signIn(name, credentials.password())
                .map(SignedIn::with)
                .orElseThrow(
                        () ->
                                new Refused(
                                        HttpStatus.UNAUTHORIZED,
                                        "wrong-credentials",
                                        "There is no active account with this name and password."));
    }

    @PostMapping("/token/refresh")
    @Operation(
            summary = "Get new tokens for a refresh token",
            description =
                    "A refresh token is good once. Used again, it ends the session of all that came "
                            + "from it.")
    SignedIn refresh(@Valid @RequestBody RefreshToken token) {
        return signingIn
                .refresh(token.value())
                .map(SignedIn::with)
                .orElseThrow(
                        () ->
                                new Refused(
                                        HttpStatus.UNAUTHORIZED,
                                        "invalid-refresh-token",
                                        "This refresh token is not good any more: sign in again."));
    }

    @PostMapping("/logout")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Sign out", description = "Ends the session of this refresh token.")
    void signOut(@Valid @RequestBody RefreshToken token) {
        signingIn.signOut(token.value());
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
