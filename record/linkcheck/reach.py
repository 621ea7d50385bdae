"""Which machines may be asked: public ones only, by the address that was looked at and not by a name that may change it."""

import ipaddress
import socket
from urllib.parse import urlsplit

PORTS = {"http": 80, "https": 443}
# They carry another address inside: what looks public may lead home.
_CARRIERS = [ipaddress.ip_network(text) for text in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96")]


class Forbidden(Exception):
    """This address is not asked, whatever it would answer."""


def is_public(address):
    """Whether an IP address is one of the open internet: not private, loopback, link-local, multicast, reserved or disguised."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if ip.version == 6 and (mapped := ip.ipv4_mapped):
        ip = mapped
    if ip.version == 6 and any(ip in network for network in _CARRIERS):
        return False
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def resolve(host, port):
    """The IP addresses of a host, as the system's resolver gives them. Raises OSError."""
    return list(dict.fromkeys(found[4][0] for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


class Reach:
    """Says at which IP address a web address may be asked. `resolver`, `allowed` and `ports` are the system's unless a test gives its own."""

    def __init__(self, resolver=resolve, allowed=is_public, ports=None):
        self.resolver, self.allowed, self.ports = resolver, allowed, ports or PORTS

    def place(self, address):
        """(scheme, host, port, IP address) of a web address. Raises Forbidden, or OSError where no such host exists."""
        parts = urlsplit(address)
        scheme, host = parts.scheme.lower(), parts.hostname or ""
        if scheme not in self.ports or not host or "@" in parts.netloc or any(char.isspace() for char in address):
            raise Forbidden(address)
        port = self._port(parts, scheme)
        if port not in self.ports.values():
            raise Forbidden(address)
        name = _in_ascii(host)
        found = self.resolver(name, port)
        # One private address among public ones is a trap, not a choice.
        if not found or not all(self.allowed(ip) for ip in found):
            raise Forbidden(address)
        return scheme, name, port, found[0]

    def _port(self, parts, scheme):
        try:
            return parts.port or self.ports[scheme]
        except ValueError as error:
            raise Forbidden(parts.netloc) from error


def _in_ascii(host):
    try:
        return host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise Forbidden(host) from error
