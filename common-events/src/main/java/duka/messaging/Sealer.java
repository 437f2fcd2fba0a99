package duka.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import duka.events.Sealed;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Seals what only its addressee may read, with a key that the two share (AES-256-GCM). */
public final class Sealer {

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param base64Key of 32 random bytes
     */
    public Sealer(String base64Key) {
        var bytes = Base64.getDecoder().decode(base64Key.strip());
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "a sealing key has %d bytes, not %d".formatted(KEY_BYTES, bytes.length));
        }
        key = new SecretKeySpec(bytes, "AES");
    }

    public Sealed seal(String clear) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            var encrypted = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(clear.getBytes(UTF_8));
            var whole = Arrays.copyOf(nonce, NONCE_BYTES + encrypted.length);
            System.arraycopy(encrypted, 0, whole, NONCE_BYTES, encrypted.length);
            return new Sealed(Base64.getEncoder().encodeToString(whole));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot seal", e);
        }
    }

    /**
     * What was sealed.
     *
     * @throws IllegalArgumentException if it was sealed with another key, or tampered with
     */
    public String open(Sealed sealed) {
        try {
            var whole = Base64.getDecoder().decode(sealed.ciphertext());
            var nonce = Arrays.copyOf(whole, NONCE_BYTES);
            var clear =
                    cipher(Cipher.DECRYPT_MODE, nonce)
                            .doFinal(whole, NONCE_BYTES, Math.max(0, whole.length - NONCE_BYTES));
            return new String(clear, UTF_8);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("sealed with another key, or tampered with", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
