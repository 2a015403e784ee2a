"""Signature and cipher of WeCom callbacks, written from the protocol page and independent of the program under test."""

import base64
import hashlib
import os
import re
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

BLOCK = 32


class Broken(Exception):
    """The envelope is not what the protocol says."""


def sign(token, timestamp, nonce, encrypt):
    parts = sorted(part.encode() for part in (token, str(timestamp), nonce, encrypt))
    return hashlib.sha1(b"".join(parts)).hexdigest()


class Crypto:
    def __init__(self, token, encoding_aes_key, receive_id):
        if not re.fullmatch(r"[A-Za-z0-9]{43}", encoding_aes_key):
            raise Broken("EncodingAESKey must be 43 letters and digits")
        self.token = token
        self.receive_id = receive_id
        self.key = base64.b64decode(encoding_aes_key + "=")

    def cipher(self):
        return Cipher(algorithms.AES(self.key), modes.CBC(self.key[:16]))

    def encrypt(self, message, random16=None):
        frame = (random16 or os.urandom(16)) + struct.pack(">I", len(message)) + message + self.receive_id.encode()
        return self.encrypt_frame(frame)

    def encrypt_frame(self, frame):
        """Pads and encrypts any bytes, well framed or not."""
        pad = BLOCK - len(frame) % BLOCK
        return self.encrypt_blocks(frame + bytes([pad]) * pad)

    def encrypt_blocks(self, padded):
        encryptor = self.cipher().encryptor()
        return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()

    def decrypt(self, text):
        try:
            data = base64.b64decode(text, validate=True)
        except ValueError as error:
            raise Broken(f"base64: {error}") from error
        if not data or len(data) % 16:
            raise Broken("length is no multiple of 16")
        decryptor = self.cipher().decryptor()
        padded = decryptor.update(data) + decryptor.finalize()
        pad = padded[-1]
        if not 1 <= pad <= BLOCK or pad > len(padded) or padded[-pad:] != bytes([pad]) * pad:
            raise Broken("padding")
        frame = padded[:-pad]
        if len(frame) < 20:
            raise Broken("frame too short")
        size = struct.unpack(">I", frame[16:20])[0]
        if 20 + size > len(frame):
            raise Broken("length beyond the frame")
        if frame[20 + size:] != self.receive_id.encode():
            raise Broken("receiveid")
        return frame[20:20 + size]

    def signature(self, timestamp, nonce, encrypt):
        return sign(self.token, timestamp, nonce, encrypt)

    def encrypt_file(self, content):
        """A media file as a smart robot's URL serves it: no frame around it."""
        return base64.b64decode(self.encrypt_frame(content))
