package duka.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.springframework.util.unit.DataSize;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses bodies that are too large before anything is done for them, and NUL characters in a
 * query. Multipart forms have a limit of their own, which Tomcat keeps.
 */
final class BodyLimit extends OncePerRequestFilter {

    /** Met while reading a body whose length was not announced. */
    static final class Exceeded extends IOException {

        Exceeded(long limit) {
            super("the body has more than %d bytes".formatted(limit));
        }
    }

    private final long limit;
    private final ProblemWriter problems;

    BodyLimit(DataSize limit, ProblemWriter problems) {
        this.limit = limit.toBytes();
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var query = request.getQueryString();
        if (query != null && query.contains("%00")) {
            problems.write(
                    request, response, Refused.invalid("request", "must not have NUL characters"));
        } else if (isMultipart(request)) {
            chain.doFilter(request, response);
        } else if (request.getContentLengthLong() > limit) {
            problems.write(request, response, SharedProblems.tooLarge());
        } else if (request.getContentLengthLong() < 0
                && request.getHeader("Transfer-Encoding") != null) {
            chain.doFilter(new Counted(request), response);
        } else {
            chain.doFilter(request, response);
        }
    }

    static boolean isMultipart(HttpServletRequest request) {
        var type = request.getContentType();
        return type != null && type.regionMatches(true, 0, "multipart/", 0, 10);
    }

    private final class Counted extends HttpServletRequestWrapper {

        Counted(HttpServletRequest request) {
            super(request);
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new CountedStream(super.getInputStream());
        }

        @Override
        public BufferedReader getReader() throws IOException {
            var encoding = getCharacterEncoding();
            return new BufferedReader(
                    new InputStreamReader(
                            getInputStream(),
                            encoding == null ? StandardCharsets.UTF_8 : Charset.forName(encoding)));
        }
    }

    private final class CountedStream extends ServletInputStream {

        private final ServletInputStream body;
        private long count;

        CountedStream(ServletInputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            return counted(body.read(), 1);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = body.read(bytes, offset, length);
            return counted(read, read);
        }

        private int counted(int result, int more) throws IOException {
            if (result >= 0) {
                count += more;
                if (count > limit) {
                    throw new Exceeded(limit);
                }
            }
            return result;
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
