package duka.payment.payout;

import static java.nio.charset.StandardCharsets.UTF_8;

import duka.events.Sealed;
import duka.messaging.Sealer;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/**
 * Keeps account numbers so that the database does not know them: sealed, and by a fingerprint by
 * which two can be told to be the same though neither can be read or guessed.
 */
@Component
class Vault {

    private static final String ALGORITHM = "HmacSHA256";

    private final Sealer sealer;
    private final SecretKeySpec fingerprints;

    Vault(BankSealProperties properties) {
        this.sealer = new Sealer(properties.bankKey());
        // One key for one purpose: fingerprints are made with a key made of it.
        var key = new SecretKeySpec(Base64.getDecoder().decode(properties.bankKey()), ALGORITHM);
        this.fingerprints = new SecretKeySpec(mac(key, "bank account numbers"), ALGORITHM);
    }

    Sealed seal(AccountNumber number) {
        return sealer.seal(number.digits());
    }

    AccountNumber open(Sealed sealed) {
        return new AccountNumber(sealer.open(sealed));
    }

    String fingerprint(Bank bank, AccountNumber number) {
        return HexFormat.of().formatHex(mac(fingerprints, bank.code() + ":" + number.digits()));
    }

    private static byte[] mac(SecretKeySpec key, String text) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot sign", e);
        }
    }
}
