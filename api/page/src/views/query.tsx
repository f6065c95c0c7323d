export default function QueryView(_: { params: URLSearchParams }) {
  return <p>Soon.</p>;
}
