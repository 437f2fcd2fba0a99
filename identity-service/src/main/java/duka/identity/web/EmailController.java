package duka.identity.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import duka.identity.Actor;
import duka.identity.UserId;
import duka.identity.VerifyingEmail;
import duka.web.Caller;
import duka.web.Refused;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/auth/email")
@Tag(name = "email")
class EmailController {

    private final VerifyingEmail verifying;

    EmailController(VerifyingEmail verifying) {
        this.verifying = verifying;
    }

    record Verification(@NotBlank @Size(max = 200) String token) {}

    record Verified(@JsonProperty("email_verified") boolean verified) {}

    record Told(String detail) {}

    @PostMapping("/verify")
    @Operation(
            summary = "Verify one's email address with the token that was mailed",
            description = "It is good for a day. Doing so again changes nothing.")
    Verified verifyEmail(Actor actor, @Valid @RequestBody Verification wish) {
        return verify(wish.token(), actor);
    }

    @GetMapping("/verify")
    @Operation(summary = "Verify one's email address by opening the link that was mailed")
    Verified openVerification(Actor actor, @RequestParam @NotBlank @Size(max = 200) String token) {
        return verify(token, actor);
    }

    @PostMapping("/resend")
    @Operation(summary = "Be mailed another token that verifies one's email address")
    @ApiResponse(responseCode = "200", description = "On its way")
    @ApiResponse(responseCode = "409", description = "Verified already, or there is no address")
    @ApiResponse(responseCode = "429", description = "Enough of them are on their way")
    Told resendVerification(Caller caller) {
        return switch (verifying.resend(new UserId(caller.id()))) {
            case SENT -> new Told("A mail is on its way to you.");
            case VERIFIED_ALREADY ->
                    throw new Refused(
                            HttpStatus.CONFLICT,
                            "already-verified",
                            "Your email address is verified already.");
            case NO_ADDRESS ->
                    throw new Refused(
                            HttpStatus.CONFLICT, "no-email", "Your account has no email address.");
        };
    }

    private Verified verify(String token, Actor actor) {
        verifying.verify(token.strip(), actor);
        return new Verified(true);
    }
}
