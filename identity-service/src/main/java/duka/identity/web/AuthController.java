package duka.identity.web;

import duka.identity.Actor;
import duka.identity.Profile;
import duka.identity.Registering;
import duka.identity.SigningIn;
import duka.identity.SigningIn.Tokens;
import duka.web.Refused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
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
                    @Schema(example = "amina")
                    @Nullable String username,
            @Size(max = 254) @Email @Schema(example = "amina@example.com") @Nullable String email,
            @NotNull @Size(max = 200) @Schema(example = "giraffe-42-lake") String password,
            @Size(max = 150)
                    @Pattern(regexp = Texts.NAME, message = Texts.NAME_ONLY)
                    @Schema(example = "Amina")
                    @Nullable String firstName,
            @Size(max = 150)
                    @Pattern(regexp = Texts.NAME, message = Texts.NAME_ONLY)
                    @Schema(example = "Otieno")
                    @Nullable String lastName,
            @Size(max = 20)
                    @Pattern(regexp = Texts.PHONE, message = Texts.PHONE_ONLY)
                    @Schema(example = "+254700000001")
                    @Nullable String phoneNumber) {

        Registration {
            username = Texts.blankToNull(username);
            email = Texts.blankToNull(email);
            if (email == null && username != null && username.contains("@")) {
                email = username;
            }
            if (username != null && username.contains("@") && username.equalsIgnoreCase(email)) {
                username = null; // a name with @ in it is an address
            }
        }

        Profile profile() {
            return Profile.named(
                    Texts.titled(firstName), Texts.titled(lastName), Texts.phone(phoneNumber));
        }
    }

    record Credentials(
            @Size(max = 254) @Nullable String username,
            @Size(max = 254) @Schema(example = "amina@example.com") @Nullable String email,
            @NotNull @Size(max = 1000) @Schema(example = "giraffe-42-lake") String password) {

        @Nullable String name() {
            var name = Texts.blankToNull(email);
            return name != null ? name : Texts.blankToNull(username);
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
                    "As a customer. 409 if the username, email address or phone number is taken; the"
                            + " password needs 8 characters, one of them a digit, and must not be a common one.")
    @ApiResponse(responseCode = "201", description = "Signed up")
    @ApiResponse(responseCode = "409", description = "Somebody else has that name, or number")
    UserView register(@Valid @RequestBody Registration wish, Actor actor) {
        if (wish.username() == null && wish.email() == null) {
            throw Problems.invalid("email", "is required, or a username");
        }
        if (wish.username() != null && wish.username().contains("@")) {
            throw Problems.invalid("username", "must not contain @, or be the email address");
        }
        return UserView.of(
                registering.register(
                        wish.username(), wish.email(), wish.password(), wish.profile(), actor));
    }

    @PostMapping("/token")
    @Operation(
            summary = "Sign in",
            description =
                    "By username or email address, in either field. 401 if they do not match, 429 if"
                            + " that has been so too often.")
    @ApiResponse(responseCode = "200", description = "Signed in")
    @ApiResponse(responseCode = "401", description = "No active account has these")
    @ApiResponse(responseCode = "429", description = "Guessed at too often")
    SignedIn signIn(@Valid @RequestBody Credentials credentials, Actor actor) {
        var name = credentials.name();
        if (name == null) {
            throw Problems.invalid("username", "is required, or an email");
        }
        return signingIn
                .signIn(name, credentials.password(), actor)
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
    @ApiResponse(responseCode = "200", description = "The next tokens")
    @ApiResponse(responseCode = "401", description = "It is not good any more")
    SignedIn refresh(@Valid @RequestBody RefreshToken token, Actor actor) {
        return signingIn
                .refresh(token.value(), actor)
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
    @ApiResponse(responseCode = "204", description = "Signed out")
    void signOut(@Valid @RequestBody RefreshToken token, Actor actor) {
        signingIn.signOut(token.value(), actor);
    }
}
