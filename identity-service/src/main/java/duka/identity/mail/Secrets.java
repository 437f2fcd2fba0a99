package duka.identity.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import duka.events.Sealed;
import duka.messaging.Sealer;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Seals what only the recipient of a mail may know, for as long as it waits. */
@Component
class Secrets {

    private static final TypeReference<Map<String, String>> CONTENT = new TypeReference<>() {};

    private final Sealer sealer;
    private final JsonMapper json;

    /** The key is derived from the one that seals signing keys, so that there is one to keep. */
    Secrets(Environment environment, JsonMapper json) {
        this.sealer =
                new Sealer(
                        derived(environment.getRequiredProperty("duka.identity.signing-secret")));
        this.json = json;
    }

    @Nullable String seal(Map<String, String> secrets) {
        return secrets.isEmpty()
                ? null
                : sealer.seal(json.writeValueAsString(secrets)).ciphertext();
    }

    Map<String, String> open(@Nullable String sealed) {
        return sealed == null ? Map.of() : json.readValue(sealer.open(new Sealed(sealed)), CONTENT);
    }

    private static String derived(String secret) {
        try {
            var key =
                    KDF.getInstance("HKDF-SHA256")
                            .deriveData(
                                    HKDFParameterSpec.ofExtract()
                                            .addIKM(Base64.getDecoder().decode(secret.strip()))
                                            .thenExpand("duka.mail".getBytes(UTF_8), 32));
            return Base64.getEncoder().encodeToString(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot derive keys", e);
        }
    }
}
