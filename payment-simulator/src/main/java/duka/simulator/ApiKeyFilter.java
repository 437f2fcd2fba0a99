package duka.simulator;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.springframework.boot.web.servlet.FilterRegistration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets in only who shows the API key, as {@code Authorization: Bearer <key>}. Which requests that
 * is asked of, the server decides by the path that it has made sense of, however it was written.
 */
@Component
@FilterRegistration(urlPatterns = "/v1/*")
class ApiKeyFilter extends OncePerRequestFilter {

    private final byte[] expected;

    ApiKeyFilter(SimulatorProperties properties) {
        this.expected = ("Bearer " + properties.apiKey()).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var shown = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (shown != null
                && MessageDigest.isEqual(expected, shown.getBytes(StandardCharsets.UTF_8))) {
            chain.doFilter(request, response);
        } else {
            response.sendError(HttpStatus.UNAUTHORIZED.value());
        }
    }
}
