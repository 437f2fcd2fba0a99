package duka.identity.mail;

import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/**
 * Says of each mail whether it went. Spring's own forgets which ones did when a connection is lost
 * on the way and the server then refuses the login; here it is a server like any other that cannot
 * be reached.
 */
class SmtpMailSender extends JavaMailSenderImpl {

    SmtpMailSender(JavaMailSenderImpl configured) {
        setSession(configured.getSession());
        setProtocol(configured.getProtocol());
        setHost(configured.getHost());
        setPort(configured.getPort());
        setUsername(configured.getUsername());
        setPassword(configured.getPassword());
        setDefaultEncoding(configured.getDefaultEncoding());
        setDefaultFileTypeMap(configured.getDefaultFileTypeMap());
    }

    @Override
    protected Transport connectTransport() throws MessagingException {
        try {
            return super.connectTransport();
        } catch (AuthenticationFailedException e) {
            throw new MessagingException("the mail server refuses the login", e);
        }
    }
}
