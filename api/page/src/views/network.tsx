export default function NetworkView(_: { id: string | null; params: URLSearchParams }) {
  return <p>Soon.</p>;
}
