package duka.web;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * An answer that reaches its client only when {@link #release() released}. A handler that goes on
 * asynchronously releases it at once, so that streams stream.
 */
final class HeldResponse extends ContentCachingResponseWrapper {

    private volatile boolean released;

    HeldResponse(HttpServletResponse response) {
        super(response);
    }

    void release() throws IOException {
        if (!released) {
            released = true;
            copyBodyToResponse();
        }
    }

    boolean isReleased() {
        return released;
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        return released ? getResponse().getOutputStream() : super.getOutputStream();
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        return released ? getResponse().getWriter() : super.getWriter();
    }

    @Override
    public void flushBuffer() throws IOException {
        if (released) {
            getResponse().flushBuffer();
        }
    }

    /** The request that goes with it and knows when the answer becomes asynchronous. */
    static class Request extends HttpServletRequestWrapper {

        private final HeldResponse response;

        Request(HttpServletRequest request, HeldResponse response) {
            super(request);
            this.response = response;
        }

        @Override
        public AsyncContext startAsync() {
            release();
            return super.startAsync();
        }

        @Override
        public AsyncContext startAsync(ServletRequest request, ServletResponse answer) {
            release();
            return super.startAsync(request, answer);
        }

        private void release() {
            try {
                response.release();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
