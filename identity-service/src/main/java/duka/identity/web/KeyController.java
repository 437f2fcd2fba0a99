package duka.identity.web;

import duka.identity.Actor;
import duka.identity.SigningKeys;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/auth/keys")
@Tag(name = "auth")
class KeyController {

    private final SigningKeys keys;

    KeyController(SigningKeys keys) {
        this.keys = keys;
    }

    record KeyView(String keyId, Instant signsFrom) {}

    @PostMapping("/rotate")
    @Operation(
            summary = "Let another key sign access tokens",
            description =
                    "Admins only. It is published at once and signs from when everybody knows it."
                            + " While one waits to do so, this answers with that one.")
    KeyView rotateKey(Actor actor) {
        var next = keys.rotate(actor);
        return new KeyView(next.id(), next.signsFrom());
    }
}
