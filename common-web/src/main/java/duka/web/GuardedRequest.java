package duka.web;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.multipart.MultipartException;

/** A request whose whole content is known by a hash before anybody works on it. */
final class GuardedRequest extends HeldResponse.Request {

    private final byte[] hash;
    private final byte @Nullable [] body;

    private GuardedRequest(
            HttpServletRequest request,
            HeldResponse response,
            byte[] hash,
            byte @Nullable [] body) {
        super(request, response);
        this.hash = hash;
        this.body = body;
    }

    /**
     * Forms are left to Tomcat, which reads them once and keeps what it read.
     *
     * @param key goes into the hash and is kept nowhere, or who reads a hash could find out by
     *     trying what was sent, as the number of a bank account
     */
    static GuardedRequest of(HttpServletRequest request, HeldResponse response, String key)
            throws IOException {
        var sum = sha256();
        text(sum, key);
        text(sum, String.valueOf(request.getQueryString()));
        if (BodyLimit.isMultipart(request)) {
            parts(sum, request);
            return new GuardedRequest(request, response, sum.digest(), null);
        }
        if (isForm(request)) {
            request.getParameterMap()
                    .forEach(
                            (name, values) -> {
                                text(sum, name);
                                for (var value : values) {
                                    text(sum, value);
                                }
                            });
            return new GuardedRequest(request, response, sum.digest(), null);
        }
        var body = request.getInputStream().readAllBytes();
        sum.update(body);
        return new GuardedRequest(request, response, sum.digest(), body);
    }

    byte[] hash() {
        return hash;
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return body == null ? super.getInputStream() : new Replayed(body);
    }

    @Override
    public BufferedReader getReader() throws IOException {
        if (body == null) {
            return super.getReader();
        }
        var encoding = getCharacterEncoding();
        return new BufferedReader(
                new InputStreamReader(
                        new ByteArrayInputStream(body),
                        encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding)));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void parts(MessageDigest sum, HttpServletRequest request) {
        try {
            for (var part : request.getParts()) {
                text(sum, part.getName());
                text(sum, String.valueOf(part.getSubmittedFileName()));
                text(sum, String.valueOf(part.getContentType()));
                try (var content = part.getInputStream()) {
                    content.transferTo(
                            new DigestOutputStream(OutputStream.nullOutputStream(), sum));
                }
            }
        } catch (IOException | ServletException e) {
            throw new MultipartException("its parts cannot be read", e);
        }
    }

    private static boolean isForm(HttpServletRequest request) {
        var type = request.getContentType();
        return type != null && type.startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE);
    }

    /** Its length too, so that two texts never look like two others. */
    private static void text(MessageDigest sum, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        sum.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        sum.update(bytes);
    }

    private static final class Replayed extends ServletInputStream {

        private final ByteArrayInputStream body;

        Replayed(byte[] body) {
            this.body = new ByteArrayInputStream(body);
        }

        @Override
        public int read() {
            return body.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            return body.read(bytes, offset, length);
        }

        @Override
        public boolean isFinished() {
            return body.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("the body has been read already");
        }
    }
}
