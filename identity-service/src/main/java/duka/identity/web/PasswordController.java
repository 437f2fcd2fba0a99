package duka.identity.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import duka.identity.Actor;
import duka.identity.ChangingPassword;
import duka.identity.ForgottenPasswords;
import duka.identity.UserId;
import duka.web.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
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
@RequestMapping("/api/v1/auth/password")
@Tag(name = "passwords")
class PasswordController {

    private final ChangingPassword changing;
    private final ForgottenPasswords forgotten;

    PasswordController(ChangingPassword changing, ForgottenPasswords forgotten) {
        this.changing = changing;
        this.forgotten = forgotten;
    }

    record PasswordChange(
            @NotNull @Size(max = 200) @Schema(example = "giraffe-42-lake") String currentPassword,
            @NotNull @Size(max = 200) @Schema(example = "walrus-43-pond") String newPassword,
            @Size(max = 200) @Nullable String confirmPassword) {

        String confirmed() {
            return same(newPassword, confirmPassword);
        }
    }

    record Code(
            @NotNull
                    @Pattern(regexp = "[0-9]{6}", message = "must be six digits")
                    @Schema(example = "482913")
                    String code) {}

    record NewPassword(
            @NotNull @Size(max = 200) @Schema(example = "walrus-43-pond") String newPassword,
            @Size(max = 200) @Nullable String confirmPassword) {

        String confirmed() {
            return same(newPassword, confirmPassword);
        }
    }

    record Forgotten(
            @NotBlank @Size(max = 254) @Email @Schema(example = "amina@example.com")
                    String email) {}

    /** One of the two shops before this one called it differently. */
    record Reset(
            @Size(max = 200) @Nullable String token,
            @Size(max = 200) @JsonProperty("reset_token") @Nullable String resetToken,
            @NotNull @Size(max = 200) @Schema(example = "walrus-43-pond") String newPassword,
            @Size(max = 200) @Nullable String confirmPassword) {

        String given() {
            var given = Texts.blankToNull(token != null ? token : resetToken);
            if (given == null) {
                throw Problems.invalid("token", "is required");
            }
            return given;
        }

        String confirmed() {
            return same(newPassword, confirmPassword);
        }
    }

    record Told(String detail) {}

    @PostMapping("/change")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Change one's password",
            description = "With the current one. Ends all of one's sessions, this one too.")
    @ApiResponse(responseCode = "204", description = "Changed")
    @ApiResponse(responseCode = "429", description = "Guessed at too often")
    void changePassword(Caller caller, Actor actor, @Valid @RequestBody PasswordChange wish) {
        changing.change(new UserId(caller.id()), wish.currentPassword(), wish.confirmed(), actor);
    }

    @PostMapping("/change/request")
    @Operation(
            summary = "Be mailed a code that lets one change one's password",
            description = "Six digits, good for ten minutes. Needs a verified email address.")
    @ApiResponse(responseCode = "200", description = "On its way")
    @ApiResponse(responseCode = "429", description = "Enough of them are on their way")
    Told requestPasswordCode(Caller caller) {
        changing.askForCode(new UserId(caller.id()));
        return new Told("A code is on its way to you by mail.");
    }

    @PostMapping("/change/verify")
    @Operation(
            summary = "Give back the code",
            description =
                    "The right one lets one change the password in the next five minutes, once,"
                            + " in this session. There are five tries.")
    Told verifyPasswordCode(Caller caller, Actor actor, @Valid @RequestBody Code wish) {
        changing.giveCode(new UserId(caller.id()), wish.code(), actor);
        return new Told("You may now change your password.");
    }

    @PostMapping("/change/confirm")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Change one's password after giving back the code",
            description = "Ends all of one's sessions, this one too.")
    @ApiResponse(responseCode = "204", description = "Changed")
    @ApiResponse(responseCode = "409", description = "No code was given back lately")
    void confirmPassword(Caller caller, Actor actor, @Valid @RequestBody NewPassword wish) {
        changing.changeWithCode(new UserId(caller.id()), wish.confirmed(), actor);
    }

    @PostMapping("/forgot")
    @Operation(
            summary = "Be mailed a token that resets one's password",
            description = "The answer is the same whether there is such an account or not.")
    Told forgotPassword(Actor actor, @Valid @RequestBody Forgotten wish) {
        forgotten.add(wish.email(), actor);
        return new Told("If there is an account with this address, a mail is on its way to it.");
    }

    @PostMapping("/reset")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            summary = "Reset one's password with the token that was mailed",
            description =
                    "It is good once and for a quarter of an hour. Ends all of the account's"
                            + " sessions.")
    @ApiResponse(responseCode = "204", description = "Reset")
    void resetPassword(Actor actor, @Valid @RequestBody Reset wish) {
        changing.reset(wish.given(), wish.confirmed(), actor);
    }

    private static String same(String password, @Nullable String again) {
        if (again != null && !again.equals(password)) {
            throw Problems.invalid("confirm_password", "must be the same as new_password");
        }
        return password;
    }
}
